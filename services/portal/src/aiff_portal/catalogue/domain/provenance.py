"""Where the figures of an offer come from, figure by figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiff_contracts.labels import CONFIDENCES
from aiff_contracts.months import months_between
from aiff_contracts.provenance import OLD_AFTER_MONTHS
from aiff_portal.ui.domain.formats import Formats


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as a page shows it; `stale` where it was read too long ago to be relied on."""

    label: str
    address: str | None
    day: str | None
    confidence: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """The sources of a figure, and what other sources say instead."""

    sources: tuple[SourceLine, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """The sources of one offer, as they were known on a day."""

    offer: Mapping[str, Any]
    formats: Formats
    today: date

    def of(self, pointer: str) -> Origin:
        """Return the sources that support a place of the offer.

        Those that name the place, or the nearest place that holds it, come before those that
        support the whole listing.
        """
        depth = max((_depth(source, pointer) for source in self.offer["sources"]), default=-1)
        found = (one for one in self.offer["sources"] if _depth(one, pointer) == depth)
        sources = tuple(map(self._line, found)) if depth >= 0 else ()
        return Origin(sources, tuple(self._others(pointer)))

    def all(self) -> Origin:
        """Return every source of the listing."""
        return Origin(tuple(map(self._line, self.offer["sources"])))

    def _others(self, pointer: str) -> Sequence[str]:
        claims = (one for one in self.offer["claims"] if one["field"] == pointer)
        return [f"{one['value']} ({one['source']})" for one in claims if not one["chosen"]]

    def _line(self, source: Mapping[str, Any]) -> SourceLine:
        as_of = source["as_of"]
        old = as_of is not None and (
            months_between(date.fromisoformat(as_of), self.today) >= OLD_AFTER_MONTHS
        )
        return SourceLine(
            label=source["label"],
            address=source["url"],
            day=self.formats.day(as_of),
            confidence=(self.formats.label(CONFIDENCES, source["confidence"]) or "").lower(),
            stale=old,
        )


def _depth(source: Mapping[str, Any], pointer: str) -> int:
    """Return how closely a source speaks of a place: 0 for the whole listing, -1 for not."""
    fields = source["fields"]
    if not fields:
        return 0
    holding = (field for field in fields if pointer == field or pointer.startswith(f"{field}/"))
    return max((len(field) for field in holding), default=-1)
