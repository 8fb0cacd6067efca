"""What a search found, and the ways to narrow it or to take a filter back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from aiff_contracts import labels
from aiff_contracts.sectors import SECTORS
from aiff_portal.catalogue.domain.bounds import BOUNDS
from aiff_portal.catalogue.domain.search import FACETS, SORTS, Search
from aiff_portal.catalogue.domain.words import (
    FACET_NAMES,
    NOT_PUBLISHED,
    QUOTED,
    SORT_NAMES,
    STATUS_TONES,
    SUGGESTED_KINDS,
    WITH_VALUE,
)
from aiff_portal.ui.domain.formats import Formats
from aiff_portal.ui.domain.language import LANGUAGES

_TABLES = {
    "kind": labels.KINDS,
    "status": labels.INTAKE_STATUSES,
    "price_basis": labels.PRICE_BASES,
    "audience": labels.AUDIENCES,
    "sector": SECTORS,
    "stage": labels.STAGES,
    "stack": labels.STACKS,
    "instrument": labels.INSTRUMENTS,
    "dilution": labels.DILUTIONS,
}
_SHOWN_VALUES = 12
_MARKS = re.compile(r"(</?mark>)")
# A part of a text, and whether it is what was looked for.
Marked = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A way on: what it is called, where it leads, whether it is the present state."""

    label: str
    address: str
    count: str | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One property with its values as links; `open` where one of them is set."""

    label: str
    links: tuple[Link, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class BoundField:
    """A field for a figure or a day; `fault` says what to write where nobody can read it."""

    name: str
    label: str
    value: str
    is_day: bool
    fault: str | None


@dataclass(frozen=True, slots=True)
class Suggested:
    """How what is being typed could go on: a name or an offer, what it is, where it leads."""

    label: str
    kind: str
    address: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An offer in a list."""

    slug: str
    address: str
    title: Marked
    summary: Marked
    kind: str
    providers: tuple[Link, ...]
    status: str | None
    tone: str
    price: str | None
    deadline: str | None
    close: bool

    @property
    def plain(self) -> str:
        """Return the title without its marks."""
        return "".join(part for part, _ in self.title)


@dataclass(frozen=True, slots=True)
class Listing:
    """Writes the lists of pages in one language; `home` begins their addresses."""

    formats: Formats
    home: str

    def hits(self, items: Sequence[Mapping[str, Any]]) -> tuple[Hit, ...]:
        """Return offers as they stand in a list."""
        return tuple(map(self._hit, items))

    def suggestions(self, items: Sequence[Mapping[str, Any]]) -> tuple[Suggested, ...]:
        """Return what the field of the search suggests."""
        return tuple(
            Suggested(
                self.formats.text(one["label"]) or one["value"],
                SUGGESTED_KINDS[one["kind"]][self._place],
                self._way_of(one["kind"], one["value"]),
            )
            for one in items
        )

    def facets(self, search: Search, counted: Mapping[str, Any] | None) -> tuple[Facet, ...]:
        """Return the facets that have something to choose from."""
        made = (self._facet(search, name, values) for name, values in (counted or {}).items())
        return tuple(facet for facet in made if facet.links)

    def chips(self, search: Search) -> tuple[Link, ...]:
        """Return what is set, each as the way to take it back."""
        return tuple(self._chips(search))

    def bounds(self, search: Search) -> tuple[BoundField, ...]:
        """Return the fields for figures and days, as they were filled in."""
        written, faults = dict(search.bounds), search.faults()
        return tuple(
            BoundField(
                name,
                BOUNDS[name].label[self._place],
                written.get(name, ""),
                BOUNDS[name].is_day,
                faults[name][self._place] if name in faults else None,
            )
            for name in search.bounds_to_ask()
        )

    def sorts(self, search: Search) -> tuple[Link, ...]:
        """Return the orders to choose from."""
        return tuple(
            Link(
                SORT_NAMES[sort][self._place],
                self.address(search.sorted_by(sort)),
                current=search.sort == sort,
            )
            for sort in SORTS
        )

    def kinds(self, counted: Sequence[Mapping[str, Any]] = ()) -> tuple[Link, ...]:
        """Return the doors to the seven kinds, with the number of their offers."""
        counts = {one["value"]: self.formats.number(one["count"]) for one in counted}
        return tuple(
            Link(self.value("kind", kind), f"{self.home}kinds/{kind}", counts.get(kind, "0"))
            for kind in labels.KINDS
        )

    def address(self, search: Search) -> str:
        """Return the address of a search."""
        return f"{self.home}offers{search.address()}"

    def quoted(self, words: str) -> str:
        """Return words that were looked for between the marks of the language."""
        return QUOTED[self._place].format(words)

    def value(self, name: str, value: str) -> str:
        """Return the words for a value of a filter."""
        if value == "unknown":
            return NOT_PUBLISHED[self._place]
        if name == "region":
            return self.formats.territory(value)
        if name == "language":
            return self.formats.tongue(value)
        return self.formats.label(_TABLES.get(name, {}), value) or value

    def _hit(self, item: Mapping[str, Any]) -> Hit:
        marks = item.get("highlight") or {}
        formats, status = self.formats, item["intake_status"]
        return Hit(
            slug=item["slug"],
            address=f"{self.home}offers/{item['slug']}",
            title=self._marked(marks, item, "title"),
            summary=self._marked(marks, item, "summary"),
            kind=self.value("kind", item["kind"]),
            providers=tuple(
                Link(one["name"], f"{self.home}organisations/{one['slug']}")
                for one in item["providers"]
            ),
            status=None if status == "unknown" else self.value("status", status),
            tone=STATUS_TONES[status],
            price=None
            if item["price_basis"] == "unknown"
            else self.value("price_basis", item["price_basis"]),
            deadline=formats.moment(item["next_deadline"]),
            close=item["close"],
        )

    def _way_of(self, kind: str, value: str) -> str:
        """Return where a suggestion leads: to the page of what it names, else to a search."""
        if kind == "offer":
            return f"{self.home}offers/{value}"
        if kind == "provider":
            return f"{self.home}organisations/{value}"
        asked = Search().toggled(kind, value) if kind in FACETS else Search(q=value)
        return self.address(asked)

    def _marked(self, marks: Mapping[str, Any], item: Mapping[str, Any], field: str) -> Marked:
        """Return a text with what matched in this language; often it matched in the other."""
        found = marks.get(field, {}).get(self.formats.language)
        return marked(found, self.formats.text(item[field]))

    def _facet(self, search: Search, name: str, values: Sequence[Mapping[str, Any]]) -> Facet:
        set_here = [value for kind, value in search.filters if kind == name]
        counts = {one["value"]: one["count"] for one in values}
        shown = list(dict.fromkeys([*set_here, *list(counts)[:_SHOWN_VALUES]]))
        links = tuple(
            Link(
                self.value(name, value),
                self.address(search.toggled(name, value)),
                self.formats.number(counts.get(value, 0)),
                current=value in set_here,
            )
            for value in shown
        )
        return Facet(self._named(name), links, open=bool(set_here) or name in ("kind", "status"))

    def _chips(self, search: Search) -> Iterator[Link]:
        if search.q:
            yield Link(self.quoted(search.q), self.address(search.without_words()))
        for name, value in search.filters:
            without = self.address(search.toggled(name, value))
            label = WITH_VALUE[self._place].format(self._named(name), self.value(name, value))
            yield Link(label, without)
        for name, value in search.askable().items():
            label = BOUNDS[name].chip[self._place].format(self._bounded(name, value))
            yield Link(label, self.address(search.without_bound(name)))

    def _bounded(self, name: str, value: str) -> str:
        if BOUNDS[name].is_day:
            return self.formats.day(value) or value
        if name == "amount_min":
            return self.formats.money({"amount": value, "currency": "EUR"}) or value
        return self.formats.number(value) or value

    @property
    def _place(self) -> int:
        return LANGUAGES.index(self.formats.language)

    def _named(self, name: str) -> str:
        return FACET_NAMES[name][self._place]


def marked(html: str | None, plain: str | None) -> Marked:
    """Return a text with its marked words; only the marks of the API's HTML are believed."""
    if html is None:
        return ((plain or "", False),)
    parts, inside = [], False
    for part in _MARKS.split(html):
        if part in ("<mark>", "</mark>"):
            inside = part == "<mark>"
        elif part:
            parts.append((unescape(part), inside))
    return tuple(parts)
