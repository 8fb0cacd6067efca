"""A search as a table that people open in a spreadsheet: all its pages at once, up to a bound."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import orjson

from aiff_catalog.search.application.ports import PublishedLists
from aiff_catalog.search.application.searching import OfferSearch, SearchRequest
from aiff_catalog.search.domain.queries import SearchQuery

# Rows of one table: whoever wants more takes a dump of the whole catalogue.
MOST_ROWS = 1_000
_AT_ONCE = 100
# Makes the file of some stored documents.
WriteTable = Callable[[Sequence[bytes]], bytes]


@dataclass(frozen=True, slots=True)
class Table:
    """A file, and how many offers are found, of which it has the first `MOST_ROWS`."""

    file: bytes
    total: int


class SearchTables:
    """Writes what a search finds, in the order of the search; what is close only is left out."""

    def __init__(
        self, search: OfferSearch, lists: PublishedLists, writers: Mapping[str, WriteTable]
    ) -> None:
        """Keep what searches, what reads documents, and what writes each media type."""
        self._search = search
        self._lists = lists
        self._writers = writers

    @property
    def media_types(self) -> tuple[str, ...]:
        """Return which tables there are."""
        return tuple(self._writers)

    async def of(self, query: SearchQuery, media_type: str) -> Table:
        """Return the table of a search; it is written beside the event loop."""
        whole = replace(query, offset=0, limit=_AT_ONCE, facets=(), shows_close=False)
        documents: list[bytes] = []
        total = 0
        async for found, ids in self._pages(whole):
            total = found
            bodies = await self._lists.bodies(ids)
            documents += [bodies[one] for one in ids if one in bodies]
        file = await asyncio.to_thread(self._writers[media_type], documents)
        return Table(file, total)

    async def _pages(self, query: SearchQuery) -> AsyncIterator[tuple[int, list[str]]]:
        """Yield the total and the ids of each page."""
        for offset in range(0, MOST_ROWS, _AT_ONCE):
            page = await self._search.page(SearchRequest(query=replace(query, offset=offset)))
            yield page.total, [orjson.loads(item)["id"] for item in page.items]
            if offset + _AT_ONCE >= page.total:
                return
