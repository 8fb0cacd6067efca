"""A search as a state that an address holds: what is asked, and the ways on from there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from aiff_portal.catalogue.domain.bounds import BOUNDS, REVERSED
from aiff_portal.ui.domain.language import Pair

FACETS = (
    "kind",
    "status",
    "region",
    "price_basis",
    "audience",
    "sector",
    "stage",
    "gpu_model",
    "stack",
    "instrument",
    "dilution",
    "language",
)
# What can be asked for besides; the values of a provider are too many to be listed.
_FILTERS = (*FACETS, "provider")
# Facets that only speak of one kind are shown while that kind, or none, is looked for.
_OF_KIND = {
    "gpu_model": "compute",
    "stack": "compute",
    "instrument": "funding",
    "dilution": "funding",
}
SORTS = ("relevance", "deadline", "-updated_at", "title")
_UNSTATED = "include_unknown"
# Letters that are taken for figures where they follow one; before it they are names, as in L40S.
_ALIKE = re.compile(r"(?<=\d)[OoIl]+")
_FIGURES = str.maketrans("OoIl", "0011")
_YES = ("true", "1", "on")
_SIZE = 20
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader looks for; an empty text and no filters are the whole catalogue.

    `bounds` are as they were written: one that cannot be read is asked of nobody, and said.
    `unstated` shows what does not state a bound, too.
    """

    q: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    bounds: tuple[tuple[str, str], ...] = ()
    unstated: bool = False
    sort: str = SORTS[0]
    cursor: str = ""

    def parameters(self) -> list[tuple[str, str]]:
        """Return what the API is asked."""
        shown = [("facets", name) for name in self.facets()]
        marked = [("highlight", "true")] if self.q else []
        paged = [("cursor", self.cursor)] if self.cursor else []
        asked = [*self._asked(), *paged, ("count", "true"), ("limit", str(_SIZE))]
        return [*asked, *marked, *shown]

    def address(self) -> str:
        """Return the query of the page's address, with what it begins with."""
        return _query(self._pairs(self.bounds, self.cursor))

    def data(self, form: str | None = None) -> str:
        """Return the query of the API's address for all that is found, in a form of tables."""
        return _query([*self._asked(), *([("format", form)] if form else [])])

    def readable(self) -> dict[str, str]:
        """Return the bounds that can be read, as the API takes them."""
        read = ((name, BOUNDS[name].read(value)) for name, value in self.bounds)
        return {name: value for name, value in read if value is not None}

    def askable(self) -> dict[str, str]:
        """Return the bounds that are asked of the API: readable, no end before its beginning."""
        faults = self.faults()
        return {name: value for name, value in self.readable().items() if name not in faults}

    def faults(self) -> dict[str, Pair]:
        """Return what to write instead, for the bounds that cannot be asked for."""
        asked = self.readable()
        return {name: BOUNDS[name].mend for name, _ in self.bounds if name not in asked} | (
            {"deadline_before": REVERSED} if self._is_reversed(asked) else {}
        )

    def bounds_to_ask(self) -> tuple[str, ...]:
        """Return the bounds that can narrow this search, and those that are set."""
        return tuple(
            name
            for name, bound in BOUNDS.items()
            if self._speaks_of(bound.kind) or name in dict(self.bounds)
        )

    def facets(self) -> tuple[str, ...]:
        """Return the facets that can narrow this search."""
        return tuple(name for name in FACETS if self._speaks_of(_OF_KIND.get(name)))

    def holds(self, name: str, value: str) -> bool:
        """Tell whether a filter is set."""
        return (name, value) in self.filters

    def toggled(self, name: str, value: str) -> "Search":
        """Return the search with a filter set or, where it is set, taken back; on page one."""
        pair = (name, value)
        others = tuple(one for one in self.filters if one != pair)
        filters = others if self.holds(name, value) else (*self.filters, pair)
        return replace(self, filters=filters, cursor="")

    def sorted_by(self, sort: str) -> "Search":
        """Return it in another order, on page one."""
        return replace(self, sort=sort, cursor="")

    def on_page(self, cursor: str) -> "Search":
        """Return it on another page."""
        return replace(self, cursor=cursor)

    def without_filters(self) -> "Search":
        """Return the words alone."""
        return Search(q=self.q)

    def without_words(self) -> "Search":
        """Return the filters alone."""
        return replace(self, q="", cursor="")

    def respelt(self) -> "Search | None":
        """Return it with letters after figures read as the figures that they look like.

        "H10O" is meant as H100; None where nothing looks like a figure.
        """
        q = _ALIKE.sub(lambda found: found[0].translate(_FIGURES), self.q)
        return None if q == self.q else replace(self, q=q, cursor="")

    def without_bound(self, name: str) -> "Search":
        """Return it whatever one of its figures or days is."""
        others = tuple(one for one in self.bounds if one[0] != name)
        return replace(self, bounds=others, unstated=self.unstated and bool(others), cursor="")

    def since(self, day: str) -> "Search":
        """Return it for what is in the catalogue since a day."""
        others = tuple(one for one in self.bounds if one[0] != "published_since")
        return replace(self, bounds=(*others, ("published_since", day)), cursor="")

    def with_unstated(self, *, shown: bool) -> "Search":
        """Return it with, or without, what does not state what a bound asks for."""
        return replace(self, unstated=shown, cursor="")

    @staticmethod
    def _is_reversed(asked: Mapping[str, str]) -> bool:
        first, last = asked.get("deadline_after"), asked.get("deadline_before")
        return first is not None and last is not None and last < first

    def _speaks_of(self, kind: str | None) -> bool:
        """Tell whether a property of one kind of offer, None for all, can narrow this search."""
        kinds = {value for name, value in self.filters if name == "kind"}
        return kind is None or not kinds or kind in kinds

    def _asked(self) -> list[tuple[str, str]]:
        return self._pairs(tuple(self.askable().items()), "")

    def _pairs(self, bounds: Pairs, cursor: str) -> list[tuple[str, str]]:
        order = self.sort if self.sort != SORTS[0] else ""
        unstated = "true" if self.unstated else ""
        rest = ((_UNSTATED, unstated), ("sort", order), ("cursor", cursor))
        pairs = (("q", self.q), *self.filters, *bounds, *rest)
        return [pair for pair in pairs if pair[1]]


def search_of(parameters: Iterable[tuple[str, str]]) -> Search:
    """Return the search that an address holds; what a page does not know of is left out."""
    pairs = [(name, value.strip()) for name, value in parameters]
    last: Mapping[str, str] = dict(pairs)
    filters = dict.fromkeys(pair for pair in pairs if pair[0] in _FILTERS and pair[1])
    return Search(
        q=last.get("q", "")[:200],
        filters=tuple(filters),
        bounds=tuple((name, last[name][:40]) for name in BOUNDS if last.get(name)),
        unstated=last.get(_UNSTATED, "") in _YES,
        sort=last.get("sort") or SORTS[0],
        cursor=last.get("cursor", ""),
    )


def _query(pairs: Iterable[tuple[str, str]]) -> str:
    written = urlencode(list(pairs))
    return f"?{written}" if written else "?"
