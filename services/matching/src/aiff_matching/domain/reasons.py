"""Reasons: one statement each about why a verdict is what it is, in French and in English."""

from dataclasses import dataclass
from typing import Literal

from aiff_contracts.offer import Text
from aiff_matching.domain.rules import Truth

Verdict = Literal["eligible", "to_confirm", "unknown", "closed", "not_eligible"]
VERDICTS: tuple[Verdict, ...] = ("eligible", "to_confirm", "unknown", "closed", "not_eligible")


@dataclass(frozen=True, slots=True)
class Check:
    """A requirement that is computed from typed facts rather than from a rule tree.

    UNKNOWN with `blocking` asks for the missing fact (`attribute`); without it the offer stays
    possible and the sentence is a condition to confirm.
    """

    code: str
    truth: Truth
    sentence: Text
    blocking: bool = True
    attribute: str | None = None


def text(fr: str, en: str) -> Text:
    """Return a sentence in both languages."""
    return Text(fr=fr, en=en)


def number_fr(value: float) -> str:
    """Return a number as French writes it: 120 000 with narrow no-break spaces, comma."""
    return _grouped(value).replace(",", "\u202f").replace(".", ",")


def number_en(value: float) -> str:
    """Return a number as English writes it: 120,000."""
    return _grouped(value)


def _grouped(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}".rstrip("0").rstrip(".")  # noqa: PLR2004


def range_fr(low: float, high: float) -> str:
    """Return a range in French; an open side is said in words."""
    if low == high:
        return number_fr(low)
    if high == float("inf"):
        return f"au moins {number_fr(low)}"
    return f"{number_fr(low)} à {number_fr(high)}"


def range_en(low: float, high: float) -> str:
    """Return a range in English; an open side is said in words."""
    if low == high:
        return number_en(low)
    if high == float("inf"):
        return f"at least {number_en(low)}"
    return f"{number_en(low)} to {number_en(high)}"
