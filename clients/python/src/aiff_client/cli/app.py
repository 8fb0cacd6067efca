"""The commands of `aiff`.

Exit codes: 0 done, 1 the API refused, 2 wrong use, 3 nobody answers, 4 an import has refused rows.
"""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from aiff_client.cli.access import open_client
from aiff_client.cli.importing import import_file
from aiff_client.cli.output import Json, in_language, show_json, show_table, told_in_one_line

HELP = """Offers, matches, plans and imports of AI Factory France.

AIFF_API_URL is the address (http://127.0.0.1:8000), AIFF_API_KEY the key; a key may also stand in
~/.config/aiff/key, which nobody else can read (mode 0600). Reading needs none.

Exit codes: 0 done, 1 the API refused, 2 wrong use, 3 nobody answers, 4 an import has refused rows.
"""
app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=HELP
)
offers = typer.Typer(no_args_is_help=True, help="Find and read offers.")
app.add_typer(offers, name="offers")
app.command("import")(import_file)

Question = Annotated[Path, typer.Argument(help="JSON with `profile` and `need`; - reads stdin.")]
Limit = Annotated[int, typer.Option(help="At most so many.", min=1, max=100)]
Repeatable = list[str] | None


@offers.command("search")
def search(
    words: Annotated[str, typer.Argument(help="What it is about; nothing finds everything.")] = "",
    kind: Annotated[Repeatable, typer.Option(help="compute, funding, ...; repeatable.")] = None,
    region: Annotated[Repeatable, typer.Option(help="Code, as FR-IDF; repeatable.")] = None,
    status: Annotated[Repeatable, typer.Option(help="open, opens_soon, ...; repeatable.")] = None,
    limit: Limit = 20,
    as_json: Json = False,  # noqa: FBT002  A flag of the command line.
) -> None:
    """Find offers by words and filters, the most relevant first."""
    # What may stand in a filter is said by the API, in the reader's language.
    filters: dict[str, Any] = {"kind": kind, "region": region, "status": status}
    with told_in_one_line(), open_client() as client:
        found = client.search_offers(q=words, limit=limit, **filters).body
    if as_json:
        show_json(found)
        return
    rows = [
        (
            one.slug,
            in_language(one.title),
            ", ".join(provider.name for provider in one.providers),
            one.intake_status,
            one.next_deadline.on if one.next_deadline else None,
        )
        for one in found.items
    ]
    show_table(("offer", "title", "provider", "status", "deadline"), rows)


@offers.command("show")
def show(
    offer: Annotated[str, typer.Argument(help="Id or slug.")],
    as_json: Json = False,  # noqa: FBT002
) -> None:
    """Show one offer."""
    with told_in_one_line(), open_client() as client:
        found = client.read_offer(offer).body
    if as_json:
        show_json(found)
        return
    told = found.model_dump(mode="json")
    texts = {name: in_language(getattr(found, name)) for name in ("title", "summary")}
    plain = ("slug", "kind", "intake_status", "url", "updated_at")
    show_table(
        ("fields", "value"),
        [*texts.items(), *((name, told[name]) for name in plain if name in told)],
    )


@app.command()
def match(question: Question, limit: Limit = 20, as_json: Json = False) -> None:  # noqa: FBT002
    """Say what a start-up can get, the best first, and why."""
    with told_in_one_line(), open_client() as client:
        found = client.match_offers({"limit": limit, **_read(question)}).body
    if as_json:
        show_json(found)
        return
    rows = [
        (one.offer.slug, one.verdict, f"{one.score:.2f}", in_language(one.sentence))
        for one in found.items
    ]
    show_table(("offer", "verdict", "score", "why"), rows)


@app.command()
def plan(question: Question, as_json: Json = False) -> None:  # noqa: FBT002
    """Compare the ways to the compute that a need asks for."""
    with told_in_one_line(), open_client() as client:
        found = client.plan_compute(_read(question)).body
    if as_json:
        show_json(found)
        return
    rows = [
        (
            one.offer.slug,
            in_language(one.option.name) if one.option.name else one.option.id,
            one.option.verdict,
            in_language(one.standing.sentence) if one.standing else None,
        )
        for one in found.options
    ]
    show_table(("offer", "option", "verdict", "why"), rows)


@app.command()
def journey(question: Question, as_json: Json = False) -> None:  # noqa: FBT002
    """Lay out a way through the stages, step after step."""
    with told_in_one_line(), open_client() as client:
        found = client.plan_journey(_read(question)).body
    if as_json:
        show_json(found)
        return
    rows = [
        (one.stage, one.offer.slug, one.verdict, in_language(one.sentence)) for one in found.steps
    ]
    show_table(("stage", "offer", "verdict", "why"), rows)


def main() -> None:
    """Run the command line."""
    app()


def _read(question: Path) -> dict[str, Any]:
    text = sys.stdin.read() if str(question) == "-" else question.read_text(encoding="utf-8")
    asked = json.loads(text)
    if not isinstance(asked, dict):
        raise json.JSONDecodeError("an object is needed", text, 0)
    return asked
