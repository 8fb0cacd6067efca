"""Two to four offers side by side, as an address that can be kept, and as a table."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from aiff_contracts.labels import capital
from aiff_portal.catalogue.domain.results import Link
from aiff_portal.ui.domain.formats import Formats
from aiff_portal.ui.domain.refusals import Refusal

FEWEST, MOST = 2, 4
# What the API calls a field is told under the name of its section here.
_SAID_ABOVE = {"eligibility", "price", "sovereignty", "support"}
# Seen at a moment, and past by the time that somebody compares.
_LEFT_OUT = {"/details/availability"}
_NAMED = re.compile(r"/offers/(\d+)")


@dataclass(frozen=True, slots=True)
class Selection:
    """The offers to set side by side, in their order; `changes` shows only what differs."""

    offers: tuple[str, ...] = ()
    changes: bool = False

    @property
    def is_complete(self) -> bool:
        """Tell whether so many can be compared."""
        return FEWEST <= len(self.offers) <= MOST

    def address(self, home: str) -> str:
        """Return the address of the page."""
        shown = [("show", "differences")] if self.changes else []
        written = urlencode([*(("offers", one) for one in self.offers), *shown])
        return f"{home}compare?{written}" if written else f"{home}compare"

    def without(self, offer: str) -> "Selection":
        """Return it without an offer."""
        return Selection(tuple(one for one in self.offers if one != offer), self.changes)

    def added(self, offer: str) -> "Selection":
        """Return it with an offer more."""
        return Selection((*self.offers, offer), self.changes)

    def showing(self, *, changes: bool) -> "Selection":
        """Return it with all lines, or with those that differ alone."""
        return Selection(self.offers, changes)

    def unknown_to(self, refusal: Refusal) -> tuple[str, ...]:
        """Return the offers that the API refused, by their places."""
        places = (
            int(found[1]) for fault in refusal.faults if (found := _NAMED.match(fault.pointer))
        )
        return tuple(self.offers[place] for place in places if place < len(self.offers))


def selection_of(parameters: Iterable[tuple[str, str]]) -> Selection:
    """Return what an address names; an offer that it names twice stands once."""
    pairs = [(name, value.strip()[:80]) for name, value in parameters]
    named = dict.fromkeys(value for name, value in pairs if name == "offers" and value)
    return Selection(tuple(named), ("show", "differences") in pairs)


@dataclass(frozen=True, slots=True)
class Column:
    """An offer of the comparison; `remove` leads to the comparison without it."""

    offer: Link
    kind: str
    providers: str
    remove: str


@dataclass(frozen=True, slots=True)
class Line:
    """A field of all offers: None is not published, "" does not apply; `differs` None: unknown."""

    label: str
    values: tuple[str | None, ...]
    differs: bool | None

    @property
    def is_shared(self) -> bool:
        """Tell whether more than one of the offers can have it."""
        return sum(value != "" for value in self.values) > 1


@dataclass(frozen=True, slots=True)
class Section:
    """Lines about the same."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """Offers side by side, in one language."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    differing: int


def side_by_side(
    document: Mapping[str, Any], selection: Selection, formats: Formats, home: str
) -> Side:
    """Return the API's comparison as a table: each figure in its own unit, as the API keeps it."""
    columns = tuple(_column(one, selection, formats, home) for one in document["offers"])
    sections = [_section(one, formats) for one in document["sections"]]
    differing = sum(line.differs is True for section in sections for line in section.lines)
    if selection.changes:
        sections = [_differing(section) for section in sections]
    return Side(columns, tuple(one for one in sections if one.lines), differing)


def _differing(section: Section) -> Section:
    return Section(section.label, tuple(line for line in section.lines if line.differs))


def _column(offer: Mapping[str, Any], selection: Selection, formats: Formats, home: str) -> Column:
    named = next(one for one in selection.offers if one in (offer["slug"], offer["id"]))
    return Column(
        Link(formats.text(offer["title"]) or offer["slug"], f"{home}offers/{offer['slug']}"),
        offer["kind"],
        ", ".join(offer["providers"]),
        selection.without(named).address(home),
    )


def _section(section: Mapping[str, Any], formats: Formats) -> Section:
    above = section["code"] in _SAID_ABOVE
    lines = tuple(
        Line(
            _label(formats.text(field["label"]) or "", above=above),
            tuple(_value(one, field["pointer"], formats) for one in field["values"]),
            field["differs"],
        )
        for field in section["fields"]
        if field["pointer"] not in _LEFT_OUT and _is_known(field["values"])
    )
    return Section(formats.text(section["label"]) or "", lines)


def _is_known(values: Sequence[Mapping[str, Any]]) -> bool:
    return any(one["state"] == "known" for one in values)


def _label(said: str, *, above: bool) -> str:
    _, found, rest = said.partition(" / ")
    return capital(rest if above and found else said)


def _value(value: Mapping[str, Any], pointer: str, formats: Formats) -> str | None:
    if value["state"] != "known":
        return None if value["state"] == "unknown" else ""
    if pointer.endswith("/languages"):
        return formats.tongues(value["raw"])
    said, raw = formats.text(value["words"]) or "", value["raw"]
    # A name or a code that has no words of its own stays as it is written: gpu_p5, fr-par-2.
    bare = "; ".join(map(str, raw)) if isinstance(raw, list) else raw
    return said if said == bare else capital(said)
