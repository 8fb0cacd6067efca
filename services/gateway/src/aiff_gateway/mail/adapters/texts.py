"""The texts of letters: sentences by kind and language as data, one layout for all of them."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import css_inline
from jinja2 import Environment, StrictUndefined, UndefinedError
from jinja2.loaders import BaseLoader, FunctionLoader

from aiff_gateway.mail.application.ports import Written
from aiff_gateway.mail.domain.letters import Fact, Letter

_FOLDER = "texts"
# What a stranger wrote stays in its line: nothing in a fact can begin a sentence of ours.
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_LONGEST_TEXT = 500


class JinjaTexts:
    """Writes letters from `texts/fr.toml` and `texts/en.toml`.

    Each sentence is a template of its facts; one without a fact that it names is refused.
    """

    def __init__(self, public_url: str) -> None:
        """Keep where paths lead."""
        self._public_url = public_url.rstrip("/")
        loader = FunctionLoader(_source)
        self._plain = _environment(loader, escape=False)
        self._html = _environment(loader, escape=True)
        self._inliner = css_inline.CSSInliner(load_remote_stylesheets=False)

    def write(self, letter: Letter, unsubscribe: str | None) -> Written:
        """Return the letter's text in both forms."""
        sentences = _sentences(letter.language)
        try:
            content = self._content(sentences[letter.kind.value], letter)
            values = {
                **content,
                "language": letter.language,
                "public_url": self._public_url,
                "unsubscribe": unsubscribe,
                "words": sentences["words"],
            }
            text = self._plain.get_template("letter.txt").render(values)
            html = self._html.get_template("letter.html").render(values)
        except UndefinedError as error:
            raise ValueError(str(error)) from error
        return Written(content["subject"], text, self._inliner.inline(html))

    def _content(self, sentences: Mapping[str, Any], letter: Letter) -> dict[str, Any]:
        facts = {name: _one_line(value) for name, value in letter.facts.items()}
        action = sentences.get("action")
        return {
            "subject": self._filled(sentences["subject"], facts),
            "paragraphs": [
                paragraph
                for one in sentences["paragraphs"]
                if (paragraph := self._filled(one, facts))
            ],
            "items": [self._item(item) for item in facts.get("items", ())],
            "action": self._filled(action, facts) if action else None,
            "address": self._address(str(facts["path"])) if action else None,
            "because": self._filled(sentences["because"], facts),
        }

    def _item(self, item: Mapping[str, str]) -> dict[str, str]:
        about = {name: value for name, value in item.items() if name != "path"}
        return {**about, "address": self._address(item["path"]) if "path" in item else ""}

    def _filled(self, sentence: str, facts: Mapping[str, Any]) -> str:
        return self._plain.from_string(sentence).render(facts).strip()

    def _address(self, path: str) -> str:
        """Return the address of a place of the platform; no letter leads anywhere else."""
        if not path.startswith("/") or path.startswith(("//", "/\\")):
            raise ValueError("the path of a letter begins with one slash")
        return f"{self._public_url}{path}"


def _one_line(value: Fact) -> Any:
    if isinstance(value, str):
        return _BREAKS.sub(" ", value).strip()[:_LONGEST_TEXT]
    if isinstance(value, int):
        return value
    return [{name: _one_line(text) for name, text in item.items()} for item in value]


def _environment(loader: BaseLoader, *, escape: bool) -> Environment:
    return Environment(
        loader=loader,
        # Plain text is no markup; whatever goes into HTML is escaped.
        autoescape=escape,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _source(name: str) -> str:
    return (files("aiff_gateway.mail") / _FOLDER / name).read_text(encoding="utf-8")


@cache
def _sentences(language: str) -> Mapping[str, Any]:
    return tomllib.loads(_source(f"{language}.toml"))
