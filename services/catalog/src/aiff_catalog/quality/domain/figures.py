"""The figures that a text states, whichever language writes them.

French writes "1,5 M€", "300 000 €" and "10 %", English "EUR 1.5 million", "€300,000" and "10%":
the same figures. A small number may be a digit in one language and a word in the other, a year
may be twelve months, and "0,8 à 2 M€" states its unit once for both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose

from aiff_contracts.offer import Text

_SCALES = {
    "k": 1e3, "mille": 1e3, "milliers": 1e3, "thousand": 1e3,
    "m": 1e6, "million": 1e6, "millions": 1e6,
    "md": 1e9, "mds": 1e9, "bn": 1e9, "b": 1e9, "milliard": 1e9, "milliards": 1e9,
    "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
_SPACE = r"[ \u00a0\u202f]"
_NUMBERS: Mapping[str, str] = {
    "fr": rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?",
    "en": r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?",
}
# A unit that is one letter stands beside the figure or before the euro: "5 m" is five metres.
_SCALE = (
    rf"(?:{_SPACE}?(?P<word>milliards?|millions?|milliers|mille|thousand|billion|trillion|Mds?|bn)\b"
    rf"|{_SPACE}?(?P<letter>[kKmM])(?={_SPACE}?€)|(?P<close>[kKMB])\b)?"
)
# A figure inside a name (H100, GPT-4o) is no statement.
_BEFORE = r"(?<![A-Za-zÀ-ÿ0-9_])(?<![0-9][.,])"
_FIGURE = {
    language: re.compile(rf"{_BEFORE}(?P<number>{number}){_SCALE}")
    for language, number in _NUMBERS.items()
}
_CLOCK = re.compile(rf"\b(\d{{1,2}})(?:{_SPACE}?(?::|h){_SPACE}?(\d{{2}})?)(?!\w)")
_HALF_DAY = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))? ?([ap])\.?m\b\.?")
_LINK = re.compile(r"\(https?://[^)\s]*\)|https?://\S+")
_WORDS: Mapping[str, Mapping[str, float]] = {
    "fr": {
        "un": 1, "une": 1, "premier": 1, "première": 1, "deux": 2, "deuxième": 2, "second": 2,
        "seconde": 2, "trois": 3, "troisième": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
        "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20,
        "trente": 30, "quarante": 40, "cinquante": 50, "cent": 100, "mille": 1000, "demi": 0.5,
        "moitié": 50, "tiers": 33, "quart": 25, "dizaine": 10, "douzaine": 12, "an": 12,
    },
    "en": {
        "a": 1, "an": 1, "one": 1, "first": 1, "once": 1, "two": 2, "second": 2, "twice": 2,
        "three": 3, "third": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
        "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1000, "half": 50, "dozen": 12,
        "quarter": 25, "year": 12,
    },
}  # fmt: skip
_MONTHS_A_YEAR, _MOST_YEARS = 12, 10
_RATIOS = (1e3, 1e6, 1e9, 12.0)


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A number as it counts, and whether its scale was said (M€, million)."""

    value: float
    scaled: bool = False


def differing(text: Text) -> tuple[tuple[StatedFigure, ...], tuple[StatedFigure, ...]]:
    """Return the figures that only the French text states, and those that only the English does."""
    french, english = tuple(figures(text.fr, "fr")), tuple(figures(text.en, "en"))
    words = {"fr": _said(text.fr, "fr"), "en": _said(text.en, "en")}
    return (
        tuple(one for one in french if not _stated(one, english, words["en"])),
        tuple(one for one in english if not _stated(one, french, words["fr"])),
    )


def figures(text: str, language: str) -> Iterator[StatedFigure]:
    """Yield the figures of a text in one language ("fr" or "en"), in their order."""
    plain = _HALF_DAY.sub(_as_hour, _LINK.sub(" ", text))
    plain = _CLOCK.sub(lambda found: _hour(int(found[1]), found[2]), plain)
    for found in _FIGURE[language].finditer(plain):
        scale = found["word"] or found["letter"] or found["close"]
        factor = _SCALES[scale.casefold()] if scale else 1.0
        yield StatedFigure(round(_number(found["number"], language) * factor, 6), scale is not None)


def _as_hour(found: re.Match[str]) -> str:
    return _hour(int(found[1]) % 12 + (12 if found[3] == "p" else 0), found[2])


def _hour(hour: int, minutes: str | None) -> str:
    return f"{hour} {minutes}" if minutes not in {None, "00"} else f"{hour} "


def _number(written: str, language: str) -> float:
    plain = re.sub(_SPACE, "", written)
    return float(plain.replace(",", "") if language == "en" else plain.replace(",", "."))


def _said(text: str, language: str) -> frozenset[float]:
    words = re.findall(r"[a-zà-ÿ]+", text.casefold())
    named = _WORDS[language]
    both = (spelling for word in words for spelling in (word, word.removesuffix("s")))
    return frozenset(named[word] for word in both if word in named)


def _stated(one: StatedFigure, others: tuple[StatedFigure, ...], words: frozenset[float]) -> bool:
    if one.value in words or any(_same(one, other) for other in others):
        return True
    return any(one.value == _MONTHS_A_YEAR * word for word in words if word <= _MOST_YEARS)


def _same(one: StatedFigure, other: StatedFigure) -> bool:
    """Tell whether two figures are one: a scale may be said once for both ends of a range."""
    low, high = sorted((one.value, other.value))
    if low == high:
        return True
    if one.scaled and other.scaled:
        return False
    return any(isclose(low * ratio, high) for ratio in _RATIOS)
