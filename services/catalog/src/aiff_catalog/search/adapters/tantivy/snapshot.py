"""A tantivy index as it was at its last commit: how a search is put to it, and what it answers."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from tantivy import DocAddress, Index, Order, Query, Searcher

from aiff_catalog.search.adapters.language.facets import MOST_VALUES, facet
from aiff_catalog.search.adapters.language.nearness import MOST_NEAR, nearness, without_each
from aiff_catalog.search.adapters.tantivy.query import QueryBuilder, Wanted
from aiff_catalog.search.adapters.tantivy.vectors import VectorFile
from aiff_catalog.search.domain.queries import FacetCount, FilterName, SearchQuery, Sort
from aiff_kit.encoder import Vectors

# Searches whose words, nearness, counts and pages are remembered until the next commit.
_REMEMBERED = 1_000
_ORDERS: Mapping[Sort, tuple[str, Order]] = {
    "title": ("title_order", Order.Asc),
    "-updated_at": ("updated_at", Order.Desc),
    "deadline": ("deadline", Order.Asc),
}

_Facets = Mapping[FilterName, tuple[FacetCount, ...]]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Hits:
    """Where the hits of a page lie, how many there are in all, and the counts of the facets.

    `wanted` is how the search was put to the engine.
    """

    wanted: Wanted
    addresses: tuple[DocAddress, ...]
    total: int
    facets: _Facets


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index as it was at its last commit, and what the last searches of it gave.

    `committed` tells this commit from the next; `vectors` are those of the index.
    """

    path: Path
    committed: tuple[int, ...]
    index: Index
    searcher: Searcher
    queries: QueryBuilder
    vectors: VectorFile
    _wanted: OrderedDict[Hashable, Wanted] = field(default_factory=OrderedDict)
    _counted: OrderedDict[Hashable, _Facets] = field(default_factory=OrderedDict)
    _pages: OrderedDict[Hashable, Hits] = field(default_factory=OrderedDict)

    def page(self, query: SearchQuery) -> Hits:
        """Return a page of what matches, or of what is similar where nothing does."""
        page = (_asked(query), query.sort, query.offset, query.limit, query.facets)
        return _remembered(self._pages, page, lambda: self.found(self._put(query)))

    def put(self, query: SearchQuery) -> Wanted:
        """Return the search with similar words where no offer has its own, and its meaning."""
        wanted = Wanted(query)
        best = self._best(wanted) if query.text.strip() else 0.0
        if best is None:
            similar = Wanted(query, similar=True)
            best = self._best(similar)
            wanted = wanted if best is None else similar
        if query.vector is None or not len(self.vectors):
            return wanted
        return replace(wanted, nearness=nearness(self._cosines(query, query.vector), best))

    def found(self, wanted: Wanted) -> Hits:
        """Ask the engine for a page; only the counts, the same on every page, are remembered."""
        query = wanted.query
        matching = self.queries.matching(wanted, without=None)
        # The library's type stubs leave out the count.
        result: Any = self.searcher.search(
            matching, query.limit, offset=query.offset, **_order(query)
        )
        addresses = tuple(address for _, address in result.hits)
        return Hits(wanted, addresses, result.count, self._facets(wanted, matching))

    def _put(self, query: SearchQuery) -> Wanted:
        """Return how the search was put before: another page or order of it asks for the same."""
        wanted = _remembered(self._wanted, _asked(query), lambda: self.put(query))
        return replace(wanted, query=query)

    def _best(self, wanted: Wanted) -> float | None:
        """Return the best score by words, None where no offer has them."""
        matching = self.queries.matching(wanted, without=None)
        hits: Any = self.searcher.search(matching, 1, count=False).hits
        return float(hits[0][0]) if hits else None

    def _cosines(self, query: SearchQuery, meaning: Vectors) -> dict[str, float]:
        """Return the nearest of the offers that pass the filters, by id.

        Each filter that is also counted is left out once.
        """
        every = self.vectors.cosines(meaning)
        cosines: dict[str, float] = {}
        for without in without_each(query):
            cosines |= self._nearest_passing(query, without, every)
        return cosines

    def _nearest_passing(
        self, query: SearchQuery, without: FilterName | None, every: Vectors
    ) -> dict[str, float]:
        """Look at more and more of the nearest, until enough of them pass."""
        if not query.narrowed(without):
            return self.vectors.nearest(every, MOST_NEAR)
        tried = 2 * MOST_NEAR
        while True:
            near = self.vectors.nearest(every, tried)
            asked = {"ids": {"terms": {"field": "id", "size": len(near)}}}
            passing = self.queries.passing(query, without=without, among=near)
            buckets = self.searcher.aggregate(passing, asked)["ids"]["buckets"]
            passed = {bucket["key"] for bucket in buckets}
            if len(passed) >= MOST_NEAR or tried >= len(every):
                return {one: near[one] for one in [*filter(passed.__contains__, near)][:MOST_NEAR]}
            tried *= 5

    def _facets(self, wanted: Wanted, matching: Query) -> _Facets:
        """Return the counts of the facets; the last searches' are remembered, for the next page."""
        if not wanted.query.facets:
            return {}
        asked = (_asked(wanted.query), wanted.query.facets)
        return _remembered(self._counted, asked, lambda: self._all_counts(wanted, matching))

    def _all_counts(self, wanted: Wanted, matching: Query) -> _Facets:
        """Count all facets in one pass, and those with a filter of their own in one pass each."""
        query = wanted.query
        filtered = [name for name in query.facets if query.filters.get(name)]
        others = [name for name in query.facets if name not in filtered]
        counted = self._counts(matching, others) if others else {}
        for name in filtered:
            without = self.queries.matching(wanted, without=name)
            counted |= self._counts(without, [name])
        return {name: counted[name] for name in query.facets}

    def _counts(
        self, matching: Query, names: Iterable[FilterName]
    ) -> dict[FilterName, tuple[FacetCount, ...]]:
        asked = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
        answer = self.searcher.aggregate(matching, asked)
        return {name: facet(name, answer[name]["buckets"]) for name in asked}


def _remembered(last: OrderedDict[Hashable, _T], asked: Hashable, make: Callable[[], _T]) -> _T:
    """Return what was made for this before, or make it; the oldest is forgotten."""
    answer = last.get(asked)
    if answer is None:
        answer = last[asked] = make()
        if len(last) > _REMEMBERED:
            last.popitem(last=False)
    return answer


def _asked(query: SearchQuery) -> Hashable:
    """Return all of a search that decides which offers are near and how well words fit."""
    filters = tuple(sorted(query.filters.items()))
    left_out = tuple(without_each(query))
    meant = (query.synonyms, query.vector is None)
    return query.text, filters, query.gpu_memory_min, left_out, meant


def _order(query: SearchQuery) -> dict[str, Any]:
    """Return the engine's arguments; without words all are equally relevant: then by title."""
    sort = query.sort
    if sort == "relevance" and not query.text.strip():
        sort = "title"
    if sort == "relevance":
        return {}
    name, order = _ORDERS[sort]
    return {"order_by_field": name, "order": order}
