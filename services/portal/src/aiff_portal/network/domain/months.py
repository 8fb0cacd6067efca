"""Deadlines under their months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from aiff_contracts import labels
from aiff_portal.ui.domain.formats import Formats


@dataclass(frozen=True, slots=True)
class Dated:
    """An offer with a day that counts for it."""

    day: str
    title: str
    address: str
    kind: str
    providers: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month with what ends in it; `anchor` is its place on the page."""

    anchor: str
    name: str
    days: tuple[Dated, ...]


def months_of(
    offers: Iterable[Mapping[str, Any]], formats: Formats, home: str
) -> tuple[Month, ...]:
    """Return the months in which a deadline falls, in their order."""
    dated = [(offer["next_deadline"], offer) for offer in offers if offer["next_deadline"]]
    dated.sort(key=lambda pair: (pair[0]["on"], pair[0]["at"] or ""))
    return tuple(
        Month(
            f"m{month}",
            formats.month(f"{month}-01"),
            tuple(
                dated_offer(offer, formats.moment(moment) or "", formats, home)
                for moment, offer in pairs
            ),
        )
        for month, pairs in groupby(dated, key=lambda pair: pair[0]["on"][:7])
    )


def dated_offer(offer: Mapping[str, Any], day: str, formats: Formats, home: str) -> Dated:
    """Return an offer with its day in words."""
    return Dated(
        day,
        formats.text(offer["title"]) or offer["slug"],
        f"{home}offers/{offer['slug']}",
        formats.label(labels.KINDS, offer["kind"]) or offer["kind"],
        ", ".join(one["name"] for one in offer["providers"]),
    )
