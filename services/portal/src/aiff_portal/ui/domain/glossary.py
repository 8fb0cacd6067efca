"""The terms of the product with what they mean, and which of them a text speaks of."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from aiff_contracts.labels import capital
from aiff_portal.ui.domain.language import Language

_WORD = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term: its names, its meaning in English and, where pages show it, in French (`sens`).

    `code` and `api` are its names there; `help` says that pages explain it where it arises.
    """

    fr: str
    en: str
    meaning: str
    sens: str | None = None
    code: str
    api: str | None = None
    help: bool = False

    @property
    def anchor(self) -> str:
        """Return its place on the page of the glossary, the same in both languages."""
        plain = unicodedata.normalize("NFKD", self.en).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class GlossarySection:
    """Terms about the same; `titre` is its name in French, None where no page shows it."""

    title: str
    terms: tuple[Term, ...]
    titre: str | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A term in one language."""

    anchor: str
    name: str
    meaning: str


@cache
def glossary() -> tuple[GlossarySection, ...]:
    """Return all terms, in their sections."""
    text = files("aiff_portal.ui.domain").joinpath("glossary.toml").read_text("utf-8")
    return tuple(
        GlossarySection(
            one["title"], tuple(Term(**term) for term in one["terms"]), one.get("titre")
        )
        for one in tomllib.loads(text)["sections"]
    )


def sections_in(language: Language) -> Iterator[tuple[str, tuple[Explained, ...]]]:
    """Yield what the page of the glossary shows: the sections and terms that pages speak of."""
    for section in glossary():
        shown = [explained(term, language) for term in section.terms if term.sens]
        title = section.titre if language == "fr" else section.title
        if section.titre and title and shown:
            ordered = sorted(shown, key=lambda one: _sorting(one.name))
            yield title, tuple(ordered)


def explained(term: Term, language: Language) -> Explained:
    """Return a term in a language."""
    french = language == "fr"
    meaning = (term.sens or term.meaning) if french else term.meaning
    return Explained(term.anchor, capital(term.fr if french else term.en), meaning)


def terms_in(texts: Iterable[str], language: Language) -> tuple[Explained, ...]:
    """Return the terms to explain that texts speak of, the longest names first.

    "heures GPU normalisées" speaks of normalised GPU hours, not of GPU hours besides.
    """
    left, found = "\n".join(texts), []
    for term, pattern in _patterns(language):
        left, times = pattern.subn(" ", left)
        if times:
            found.append(explained(term, language))
    return tuple(found)


def strings_in(value: Any) -> Iterator[str]:
    """Yield all texts inside what a page shows."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in strings_in(one))
    elif isinstance(value, tuple | list):
        yield from (text for one in value for text in strings_in(one))
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings_in(getattr(value, field.name))


@cache
def _patterns(language: Language) -> tuple[tuple[Term, re.Pattern[str]], ...]:
    terms = [term for section in glossary() for term in section.terms if term.help]
    longest = sorted(terms, key=lambda term: -len(_name(term, language)))
    return tuple((term, _pattern(_name(term, language))) for term in longest)


def _name(term: Term, language: Language) -> str:
    return term.fr if language == "fr" else term.en


def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name, in the plural too; initials are no word in small letters."""
    words = (re.escape(word) + "s?" for word in _WORD.split(name))
    flags = re.NOFLAG if name.isupper() else re.IGNORECASE
    return re.compile(rf"(?<![\w-]){_WORD.pattern.join(words)}(?![\w-])", flags)


def _sorting(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
