"""Whether two listings are probably one offer, in parts that a curator can weigh.

What is unknown of a pair (a page that one of them lacks, a vector that is not computed) is left
out and the other parts count for more: unknown is neither likeness nor difference.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import Literal
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from aiff_catalog.shared.authorship import providers_of
from aiff_contracts.offer import OfferContent, Text

PartName = Literal["title", "page", "meaning", "provider"]
# Shares of the whole; chosen with the threshold on the judged pairs of the tests.
WEIGHTS: dict[PartName, float] = {"title": 0.5, "page": 0.2, "meaning": 0.2, "provider": 0.1}
THRESHOLD = 0.82
# Titles that differ in a number (a size, a year, a model) are of two offers, however like.
_OTHER_NUMBERS = 0.6
# Cosines: from here on two texts of one kind have something in common, ...
_RELATED = 0.5
# ... and from here on they say the same.
_SAME = 0.95
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessPart:
    """How like two listings are in one respect, in [0, 1]; None where it is unknown."""

    name: PartName
    weight: float
    value: float | None
    said: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The score in [0, 1] and the parts that it is made of."""

    score: float
    parts: tuple[LikenessPart, ...]

    @property
    def is_probable(self) -> bool:
        """Tell whether a curator should look at the pair."""
        return self.score >= THRESHOLD


def likeness(one: OfferContent, other: OfferContent, cosine: float | None) -> Likeness:
    """Return how like two texts are; `cosine` is that of their vectors, None where one lacks.

    Offers of two kinds are never one offer: their score is 0.
    """
    parts = (
        _titles(one, other),
        _pages(one, other),
        _meaning(cosine),
        _providers(one, other),
    )
    if one.details.kind != other.details.kind:
        return Likeness(score=0.0, parts=parts)
    known = [part for part in parts if part.value is not None]
    whole = sum(part.weight for part in known)
    score = sum(part.weight * (part.value or 0.0) for part in known) / whole
    return Likeness(score=round(score, 4), parts=parts)


def title_likeness(one: Text, other: Text) -> float:
    """Return how like two titles are in [0, 1], in the language in which they differ more."""
    pairs = [(one.fr, other.fr), (one.en, other.en)]
    return min(_title_likeness(left, right) for left, right in pairs)


def _titles(one: OfferContent, other: OfferContent) -> LikenessPart:
    """Compare titles word by word, whatever their order."""
    value = title_likeness(one.title, other.title)
    percent = round(100 * value)
    return _part(
        "title",
        value,
        f"Les titres se ressemblent à {percent} %.",
        f"The titles are {percent} % alike.",
    )


def _title_likeness(one: str, other: str) -> float:
    left, right = _folded(one), _folded(other)
    alike = fuzz.token_sort_ratio(left, right) / 100
    same_numbers = set(_NUMBER.findall(left)) == set(_NUMBER.findall(right))
    return alike if same_numbers else alike * _OTHER_NUMBERS


def _pages(one: OfferContent, other: OfferContent) -> LikenessPart:
    said = partial(_part, "page")
    if one.url is None or other.url is None:
        return said(None, "L'une n'a pas de page web.", "One has no web page.")
    if page_key(one.url) == page_key(other.url):
        return said(1.0, "Elles ont la même page web.", "They have the same web page.")
    if page_key(one.url).split("/")[0] != page_key(other.url).split("/")[0]:
        # Others than the provider describe an offer too: that tells nothing.
        return said(None, "Deux sites les décrivent.", "Two sites describe them.")
    return said(0.0, "Le même site leur donne deux pages.", "The same site gives them two pages.")


def _meaning(cosine: float | None) -> LikenessPart:
    if cosine is None:
        return _part(
            "meaning", None, "Le sens n'est pas encore calculé.", "The meaning is not known yet."
        )
    value = min(max((cosine - _RELATED) / (_SAME - _RELATED), 0.0), 1.0)
    percent = round(100 * value)
    return _part(
        "meaning",
        value,
        f"Les textes disent la même chose à {percent} %.",
        f"The texts say the same to {percent} %.",
    )


def _providers(one: OfferContent, other: OfferContent) -> LikenessPart:
    if providers_of(one) & providers_of(other):
        return _part(
            "provider",
            1.0,
            "Le même organisme les propose.",
            "The same organisation provides them.",
        )
    return _part(
        "provider", 0.0, "Deux organismes les proposent.", "Two organisations provide them."
    )


def page_key(url: str) -> str:
    """Return what makes two addresses one page: host and path, without what clients add."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}"


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = "".join(
        one if one.isalnum() else " " for one in plain if not unicodedata.combining(one)
    )
    return " ".join(words.split())


def _part(name: PartName, value: float | None, french: str, english: str) -> LikenessPart:
    rounded = None if value is None else round(value, 4)
    said = Text(fr=french, en=english)
    return LikenessPart(name=name, weight=WEIGHTS[name], value=rounded, said=said)
