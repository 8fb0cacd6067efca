"""Searching published offers: one use case for readers, previews and whoever compares offers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from aiff_catalog.search.application.embeddings import QuestionEmbeddings
from aiff_catalog.search.application.highlighting import highlighted
from aiff_catalog.search.application.ports import (
    CurrentSynonyms,
    PublishedLists,
    SearchIndex,
    TextMarker,
    UnansweredLog,
)
from aiff_catalog.search.domain.queries import (
    SearchPage,
    SearchQuery,
    Suggestions,
    Synonyms,
)
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_kit.clock import Clock
from aiff_kit.text import has_meaning

# Nobody reads further, and a deeper page costs as much as all pages before it.
DEEPEST = 10_000
# Told of each search by a reader: its page, and how many seconds it took.
Meter = Callable[[SearchPage, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search, and in what it is another one than a reader's.

    `synonyms` take the place of those that hold now. Without `encodes`, the vector that the query
    brings is taken, or none. Without `falls_back`, an index that is away is an error: what only
    the index can tell is not asked of the database.
    """

    query: SearchQuery
    synonyms: Synonyms | None = None
    encodes: bool = True
    falls_back: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSearch:
    """A search by a reader: with the matches marked in its texts where that is asked for.

    `counts_unknown` asks how many offers pass, or would, for not stating what is asked for.
    """

    query: SearchQuery
    highlights: bool = False
    counts_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a reader gets: the page, and where the pages after and before it begin, if any.

    `total` is counted no deeper than anybody reads. `by_meaning` tells whether sentence vectors
    took part, None where the text has no meaning of its own. `unknown` is how many offers only an
    unstated fact keeps out, or lets in where that is asked for; None where nobody asked.
    """

    page: SearchPage
    total: int
    following: int | None
    before: int | None
    by_meaning: bool | None
    unknown: int | None = None


class OfferSearch:
    """Finds published offers by words and by meaning, by the database while the index is away."""

    def __init__(
        self,
        index: SearchIndex,
        lists: PublishedLists,
        questions: QuestionEmbeddings,
        synonyms: CurrentSynonyms,
        clock: Clock,
    ) -> None:
        """Keep the engine, what stands in for it, what is added to a text, and the clock."""
        self._index = index
        self._lists = lists
        self._questions = questions
        self._synonyms = synonyms
        self._clock = clock

    async def page(self, request: SearchRequest) -> SearchPage:
        """Return what the index finds, or what the database does while the index is away.

        SearchIndexUnavailableError where that is not wanted.
        """
        try:
            return await self._index.search(await self._completed(request))
        except SearchIndexUnavailableError:
            if not request.falls_back:
                raise
            return await self._lists.listed(request.query, self._clock())

    async def suggest(self, text: str, limit: int) -> Suggestions:
        """Return how a text could go on, by the database while the index is away."""
        try:
            return await self._index.suggest(text, limit)
        except SearchIndexUnavailableError:
            return await self._lists.suggested(text, limit)

    async def close(self) -> None:
        """Close what the index opened in this event loop."""
        await self._index.close()

    async def _completed(self, request: SearchRequest) -> SearchQuery:
        """Return the query as read, with its vector and with the words that mean the same."""
        query, synonyms = request.query, request.synonyms
        question = await self._index.read(query.text)
        query = replace(query, question=question)
        if request.encodes:
            query = replace(query, vector=await self._questions.of(question))
        if synonyms is None:
            synonyms = await self._synonyms.current()
        return replace(query, synonyms=synonyms)


class ReaderSearches:
    """The searches of readers: measured, counted where nothing is found, marked where asked."""

    def __init__(
        self,
        search: OfferSearch,
        lists: PublishedLists,
        marker: TextMarker,
        unanswered: UnansweredLog,
        meter: Meter,
    ) -> None:
        """Keep what searches, what marks, and what is told of each search."""
        self._search = search
        self._lists = lists
        self._marker = marker
        self._unanswered = unanswered
        self._meter = meter

    async def find(self, asked: ReaderSearch) -> SearchResult:
        """Return a page of the published offers that match."""
        query, began = asked.query, perf_counter()
        page = await self._search.page(SearchRequest(query=query))
        self._meter(page, perf_counter() - began)
        if page.total == 0 and query.offset == 0 and not page.degraded:
            self._unanswered.note(query.text)
        if asked.highlights:
            items = await highlighted(page, self._lists, self._marker)
            page = replace(page, items=items)
        result = _result(query, page)
        if asked.counts_unknown:
            result = replace(result, unknown=await self._unknown(query, page))
        return result

    async def _unknown(self, query: SearchQuery, page: SearchPage) -> int:
        """Count what is found with the unstated and without it: the difference is unstated."""
        bounds = query.bounds
        if not bounds.asks_for_unstated():
            return 0
        other = replace(bounds, include_unknown=not bounds.include_unknown)
        counting = replace(query, bounds=other, offset=0, limit=1, facets=(), shows_close=False)
        counted = (await self._search.page(SearchRequest(query=counting))).total
        fewer, more = sorted((counted, page.total))
        return min(more - fewer, DEEPEST)

    async def suggest(self, text: str, limit: int) -> Suggestions:
        """Return how a name or title that is being typed could go on."""
        return await self._search.suggest(text, limit)


def _result(query: SearchQuery, page: SearchPage) -> SearchResult:
    following, shown = query.offset + query.limit, min(page.total + page.close, DEEPEST)
    return SearchResult(
        page=page,
        total=min(page.total, DEEPEST),
        following=following if following < shown else None,
        before=max(query.offset - query.limit, 0) if query.offset > 0 else None,
        by_meaning=page.meaning if has_meaning(query.text) else None,
    )
