"""Write docs/glossary.md from the terms that the portal's pages are made of."""

from pathlib import Path

from aiff_portal.ui.domain.glossary import Term, glossary

PATH = Path(__file__).resolve().parents[1] / "docs" / "glossary.md"
_HEAD = """# Glossary

Each term once: what it is called in French and in English, what it means, and its name in the
code and in the API. Pages, answers and exports say the words of the first two columns, in
sentences with a capital letter. A dash: the API does not speak of it. A new term enters together
with its first use, in
[`glossary.toml`](../services/portal/src/aiff_portal/ui/domain/glossary.toml), from which
`make glossary` writes this page and the portal takes what its pages explain; a test holds that
every name exists.
"""
_COLUMNS = "| français | English | meaning | code | API |\n|---|---|---|---|---|"


def _row(term: Term) -> str:
    api = f"`{term.api}`" if term.api else "-"
    return f"| {term.fr} | {term.en} | {term.meaning} | `{term.code}` | {api} |"


def rendered() -> str:
    """Return the page."""
    sections = (
        "\n".join((f"## {one.title}", "", _COLUMNS, *map(_row, one.terms))) for one in glossary()
    )
    return "\n".join((_HEAD, "\n\n".join(sections), ""))


if __name__ == "__main__":
    PATH.write_text(rendered(), encoding="utf-8")
