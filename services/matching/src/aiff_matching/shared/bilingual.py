"""Sentences, numbers and ranges in French and in English."""

from aiff_contracts.offer import Text


def text(fr: str, en: str) -> Text:
    """Return a sentence in both languages."""
    return Text.composed(fr, en)


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
