"""A tantivy index as it was at its last commit: how a search is put to it, and what it answers."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from tantivy import DocAddress, Index, Order, Query, Searcher

from aiff_catalog.search.adapters.language.facets import MOST_VALUES, facet
from aiff_catalog.search.adapters.language.nearness import (
    MOST_CLOSE,
    MOST_COMPARED,
    nearness,
    without_each,
)
from aiff_catalog.search.adapters.tantivy.folder import State
from aiff_catalog.search.adapters.tantivy.query import QueryBuilder, Wanted
from aiff_catalog.search.adapters.tantivy.schema import key_of, spelling_of
from aiff_catalog.search.adapters.tantivy.vectors import VectorFile
from aiff_catalog.search.domain.queries import FacetCount, FilterName, SearchQuery, Sort
from aiff_catalog.shared.schedule import Period, load_schedule
from aiff_kit.encoder import Vectors
from aiff_kit.text import Lexicon, QuestionReader

# Searches whose words, nearness, counts and pages are remembered until the next commit, and
# offers that were shown.
_REMEMBERED = 1_000
# Of so few offers all that pass a filter are asked for at once, of more those that are near.
_FEW = 500
_ORDERS: Mapping[Sort, tuple[str, Order]] = {
    "title": ("title_order", Order.Asc),
    "-updated_at": ("updated_at", Order.Desc),
    "deadline": ("deadline", Order.Asc),
}

_Facets = Mapping[FilterName, tuple[FacetCount, ...]]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Hits:
    """Where the hits of a page lie, how many are found in all, and the counts of the facets.

    `wanted` is how the search was put to the engine; `keys` are those of the addresses.
    """

    wanted: Wanted
    addresses: tuple[DocAddress, ...]
    keys: tuple[int, ...]
    total: int
    facets: _Facets


class Stored(NamedTuple):
    """What the index keeps of an offer to be shown: its summary in JSON and its calendar."""

    card: bytes
    schedule: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index as it was at its last commit, and what the last searches of it gave.

    `committed` tells this commit from the next; `vectors` are those of the index.
    """

    path: Path
    committed: State
    index: Index
    searcher: Searcher
    queries: QueryBuilder
    vectors: VectorFile
    _wanted: OrderedDict[Hashable, Wanted] = field(default_factory=OrderedDict)
    _counted: OrderedDict[Hashable, _Facets] = field(default_factory=OrderedDict)
    _pages: OrderedDict[Hashable, Hits] = field(default_factory=OrderedDict)
    _stored: OrderedDict[Hashable, Stored] = field(default_factory=OrderedDict)
    _reader: list[QuestionReader] = field(default_factory=list)

    @property
    def reader(self) -> QuestionReader:
        """Return what reads questions with the words of this index."""
        if not self._reader:
            terms = self.searcher.terms_with_prefix("spellings", "")
            lexicon = Lexicon([(*spelling_of(term), count) for term, count in terms])
            self._reader.append(QuestionReader(lexicon))
        return self._reader[0]

    def page(self, query: SearchQuery) -> Hits:
        """Return a page of what is found, and of what is close."""
        page = (_asked(query), query.sort, query.offset, query.limit, query.facets)
        return _remembered(self._pages, page, lambda: self.found(self._put(query)))

    def shown(self, hits: Hits) -> Iterator[tuple[Stored, bool]]:
        """Return what is stored of the offers of a page, and whether each is close only."""
        for address, key in zip(hits.addresses, hits.keys, strict=True):
            stored = _remembered(self._stored, key, partial(self._read, address))
            yield stored, key in hits.wanted.close

    def _read(self, address: DocAddress) -> Stored:
        document = self.searcher.doc(address)
        return Stored(document["card"][0], load_schedule(document["schedule"][0]))

    def put(self, query: SearchQuery) -> Wanted:
        """Return the search as its text is read, with its meaning and with what is close to it."""
        question = query.question or self.reader.read(query.text)
        wanted = self.queries.asked(query, question)
        if wanted.text is None:
            return wanted
        hits: Any = self.searcher.search(self.queries.by_words(wanted), MOST_COMPARED, count=False)
        scores = [score for score, _ in hits.hits]
        keys = self._keys(address for _, address in hits.hits)
        cosines = self._cosines(query, query.vector, keys) if query.vector is not None else {}
        near = nearness(cosines, scores[0] if scores else None)
        wanted = self.queries.with_nearness(wanted, near)
        if not query.shows_close:
            return wanted
        return self._with_close(wanted, {*keys[:MOST_CLOSE], *map(key_of, near.close)})

    def _with_close(self, wanted: Wanted, candidates: set[int]) -> Wanted:
        """Return the search with those of the candidates that pass its filters and are not found.

        What is near with one of the filters left out, for its facet, may not pass.
        """
        if not candidates:
            return wanted
        if wanted.nearness is not None and wanted.nearness.close and any(wanted.query.filters):
            passing = self.queries.passing(wanted.query, keys=candidates)
            candidates = {*self._first(passing, len(candidates))}
            if not candidates:
                return wanted
        found = self._first(self.queries.exact(wanted, keys=candidates), len(candidates))
        return replace(wanted, close=frozenset(candidates.difference(found)))

    def found(self, wanted: Wanted) -> Hits:
        """Ask the engine for a page; only the counts, the same on every page, are remembered."""
        query = wanted.query
        # In another order than that of relevance what is close would stand anywhere.
        if wanted.close and query.sort != "relevance" and self._count(wanted):
            wanted = replace(wanted, close=frozenset())
        # The library's type stubs leave out the count.
        result: Any = self.searcher.search(
            self.queries.page(wanted), query.limit, offset=query.offset, **_order(query)
        )
        addresses = tuple(address for _, address in result.hits)
        total = result.count - len(wanted.close)
        keys = tuple(self._keys(addresses))
        return Hits(wanted, addresses, keys, total, self._facets(wanted))

    def _first(self, matching: Query, limit: int) -> list[int]:
        """Return the keys of the first that match."""
        hits: Any = self.searcher.search(matching, limit, count=False)
        return self._keys(address for _, address in hits.hits)

    def _keys(self, addresses: Iterable[DocAddress]) -> list[int]:
        places = list(addresses)
        # The library's type stubs cannot tell which kind of number a field holds.
        keys: Any = self.searcher.fast_field_values("key", places) if places else []
        return list(keys)

    def _count(self, wanted: Wanted) -> int:
        result: Any = self.searcher.search(self.queries.exact(wanted), 1)
        return int(result.count)

    def _put(self, query: SearchQuery) -> Wanted:
        """Return how the search was put before: another page or order of it asks for the same."""
        wanted = _remembered(self._wanted, _asked(query), lambda: self.put(query))
        return replace(wanted, query=query)

    def _cosines(
        self, query: SearchQuery, meaning: Vectors, by_words: Iterable[int]
    ) -> dict[str, float]:
        """Return the nearest of the offers that pass the filters, and the best by words, by id.

        Each filter that is also counted is left out once.
        """
        if not len(self.vectors):
            return {}
        every = self.vectors.cosines(meaning)
        cosines = self.vectors.of(by_words, every)
        for without in without_each(query):
            cosines |= self._nearest_passing(query, without, every)
        return cosines

    def _nearest_passing(
        self, query: SearchQuery, without: FilterName | None, every: Vectors
    ) -> dict[str, float]:
        """Look at more and more of the nearest, until enough of them pass."""
        if not query.narrowed(without):
            return self.vectors.nearest(every, MOST_COMPARED)
        tried = len(every) if self._is_small else 2 * MOST_COMPARED
        while True:
            near = self.vectors.nearest(every, tried)
            passed = self.vectors.of(self._passing(query, without, near), every)
            if len(passed) >= MOST_COMPARED or tried >= len(every):
                return {
                    one: near[one] for one in [*filter(passed.__contains__, near)][:MOST_COMPARED]
                }
            tried *= 5

    def _passing(
        self, query: SearchQuery, without: FilterName | None, near: Collection[str]
    ) -> list[int]:
        """Return the keys of what passes, of a small index all and else of these alone."""
        among = None if self._is_small else near
        passing = self.queries.passing(query, without=without, among=among)
        return self._first(passing, _FEW if among is None else len(near))

    @property
    def _is_small(self) -> bool:
        return self.searcher.num_docs <= _FEW

    def _facets(self, wanted: Wanted) -> _Facets:
        """Return the counts of the facets; the last searches' are remembered, for the next page."""
        if not wanted.query.facets:
            return {}
        asked = (_asked(wanted.query), wanted.query.facets)
        return _remembered(self._counted, asked, lambda: self._all_counts(wanted))

    def _all_counts(self, wanted: Wanted) -> _Facets:
        """Count all facets in one pass, and those with a filter of their own in one pass each."""
        query = wanted.query
        filtered = [name for name in query.facets if query.filters.get(name)]
        others = [name for name in query.facets if name not in filtered]
        counted = self._counts(self.queries.exact(wanted), others) if others else {}
        for name in filtered:
            without = self.queries.exact(wanted, without=name)
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
    meant = (query.synonyms, query.vector is None, query.shows_close)
    return query.text, filters, query.bounds, left_out, meant


def _order(query: SearchQuery) -> dict[str, Any]:
    """Return the engine's arguments; without words all are equally relevant: then by title."""
    sort = query.sort
    if sort == "relevance" and not query.text.strip():
        sort = "title"
    if sort == "relevance":
        return {}
    name, order = _ORDERS[sort]
    return {"order_by_field": name, "order": order}
