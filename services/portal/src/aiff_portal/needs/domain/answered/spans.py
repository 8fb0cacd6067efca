"""Bounds as each language writes them; what is unknown stays None and is never a zero."""

from collections.abc import Mapping
from typing import Any

from aiff_contracts import labels
from aiff_portal.needs.domain.saying import COLON, say
from aiff_portal.ui.domain.formats import Formats
from aiff_portal.ui.domain.language import Pair

Document = Mapping[str, Any]
_BETWEEN: Pair = ("{low} à {high}", "{low} to {high}")
_AT_LEAST: Pair = ("au moins {low}", "at least {low}")
_UP_TO: Pair = ("jusqu'à {high}", "up to {high}")
_FROM_DAY: Pair = ("au plus tôt le {low}", "{low} at the earliest")
_BETWEEN_DAYS: Pair = ("du {low} au {high}", "{low} to {high}")
_FREE: Pair = ("gratuit", "free")
_RATE: Pair = ("{rate} au plus", "at most {rate}")


def bounds(low: str | None, high: str | None, formats: Formats) -> str | None:
    """Return two written bounds as one, None where neither is known."""
    if low is None or high is None:
        pair = _UP_TO if low is None else _AT_LEAST
        return None if low == high else say(pair, formats).format(low=low, high=high)
    return low if low == high else say(_BETWEEN, formats).format(low=low, high=high)


def number_span(span: Document | None, formats: Formats) -> str | None:
    """Return a range of numbers, rounded to what an estimate can say."""
    if span is None:
        return None
    return bounds(_rounded(span["low"], formats), _rounded(span["high"], formats), formats)


def amount_text(amount: Document | None, formats: Formats) -> str | None:
    """Return an amount in the programme's own unit."""
    written = number_span(amount, formats)
    if amount is None or written is None:
        return None
    return f"{written} {say(labels.ACCESS_UNITS[amount['unit']], formats)}"


def cost_text(cost: Document, formats: Formats) -> str | None:
    """Return what the hours cost; where no amount is known, on what the price rests."""
    if cost["low"] is not None:
        low, high = (_money(cost[side], cost["currency"], formats) for side in ("low", "high"))
        free = cost["basis"] == "free"
        return say(_FREE, formats) if free else bounds(low, high, formats)
    if cost["basis"] in {"unknown", "priced"}:
        return None
    return say(labels.PRICE_BASES[cost["basis"]], formats)


def days_text(days: Document | None, formats: Formats) -> str | None:
    """Return a range of days; an open end is said."""
    if days is None:
        return None
    low, high = formats.day(days["first"]), formats.day(days["last"])
    if high is None:
        return say(_FROM_DAY, formats).format(low=low)
    return low if low == high else say(_BETWEEN_DAYS, formats).format(low=low, high=high)


def component_text(part: Document, formats: Formats) -> str:
    """Return an instrument with its amounts, its rate and whether the founders' share shrinks."""
    low, high = (formats.money(part[side]) for side in ("minimum", "maximum"))
    rate = formats.percent(part["rate"])
    known = (
        bounds(low, high, formats),
        say(_RATE, formats).format(rate=rate) if rate else None,
        say(labels.DILUTIONS[part["dilution"]], formats),
    )
    named = formats.label(labels.INSTRUMENTS, part["instrument"])
    return f"{named}{COLON[formats.language]}{', '.join(filter(None, known))}"


def _money(amount: str | None, currency: str | None, formats: Formats) -> str | None:
    """Return an amount without cents: a cost of thousands is an estimate."""
    if amount is None:
        return None
    return formats.money({"amount": round(float(amount)), "currency": currency})


_WHOLE_FROM = 100


def _rounded(value: float | None, formats: Formats) -> str | None:
    if value is None:
        return None
    return formats.number(round(value) if value >= _WHOLE_FROM else float(f"{value:.3g}"))
