"""A search as a state that an address holds: what is asked, and the ways on from there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

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
_MEMORY = "gpu_memory_min"
_SIZE = 20


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader looks for; an empty text and no filters are the whole catalogue."""

    q: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    memory: str = ""
    sort: str = SORTS[0]
    cursor: str = ""

    def parameters(self) -> list[tuple[str, str]]:
        """Return what the API is asked."""
        shown = [("facets", name) for name in self.facets()]
        marked = [("highlight", "true")] if self.q else []
        return [*self._pairs(), ("count", "true"), ("limit", str(_SIZE)), *marked, *shown]

    def address(self) -> str:
        """Return the query of the page's address, with what it begins with."""
        pairs = self._pairs()
        return f"?{urlencode(pairs)}" if pairs else "?"

    def facets(self) -> tuple[str, ...]:
        """Return the facets that can narrow this search."""
        kinds = {value for name, value in self.filters if name == "kind"}
        return tuple(name for name in FACETS if not kinds or _OF_KIND.get(name) in (None, *kinds))

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

    def without_memory(self) -> "Search":
        """Return it whatever the memory of the GPUs is."""
        return replace(self, memory="", cursor="")

    def _pairs(self) -> list[tuple[str, str]]:
        order = self.sort if self.sort != SORTS[0] else ""
        single = (("q", self.q), (_MEMORY, self.memory), ("sort", order), ("cursor", self.cursor))
        first, *rest = ((name, value) for name, value in single)
        return [pair for pair in (first, *self.filters, *rest) if pair[1]]


def search_of(parameters: Iterable[tuple[str, str]]) -> Search:
    """Return the search that an address holds; what a page does not know of is left out."""
    pairs = [(name, value.strip()) for name, value in parameters]
    last: Mapping[str, str] = dict(pairs)
    filters = dict.fromkeys(pair for pair in pairs if pair[0] in _FILTERS and pair[1])
    return Search(
        q=last.get("q", "")[:200],
        filters=tuple(filters),
        memory=last.get(_MEMORY, ""),
        sort=last.get("sort") or SORTS[0],
        cursor=last.get("cursor", ""),
    )
