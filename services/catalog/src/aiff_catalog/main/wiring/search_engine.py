"""Which search engine the settings ask for, with everything that is done to an index."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from aiff_catalog.main.settings import OpenSearchSettings, SearchSettings
from aiff_catalog.search.adapters.opensearch.circuit_breaker import CircuitBreaker
from aiff_catalog.search.adapters.opensearch.client import (
    OpenSearchServer,
    searching_client,
    writing_client,
)
from aiff_catalog.search.adapters.opensearch.contents import opensearch_contents
from aiff_catalog.search.adapters.opensearch.index import (
    FreshOpenSearchIndex,
    OpenSearchIndex,
    OpenSearchIndexWriter,
    alias_of,
    count,
)
from aiff_catalog.search.adapters.tantivy.contents import tantivy_contents
from aiff_catalog.search.adapters.tantivy.folder import IndexFolder
from aiff_catalog.search.adapters.tantivy.index import (
    FreshTantivyIndex,
    TantivyIndexWriter,
    TantivySearchIndex,
)
from aiff_catalog.search.application.ports import FreshIndex, SearchIndex, SearchIndexWriter
from aiff_kit.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEngine:
    """The parts of one engine. `fresh` makes a new index beside the one in use.

    `index` answers the web application; `reader` makes another one for another event loop, since
    connections belong to the loop that opened them.
    `count` returns the offers in the index, SearchIndexUnavailableError where there is none.
    `contents` returns the version of each offer in it by id, nothing where there is none.
    `is_resting` tells whether the engine is left alone after failures in a row.
    """

    index: SearchIndex
    reader: Callable[[], SearchIndex]
    writer: SearchIndexWriter
    fresh: Callable[[], AbstractContextManager[FreshIndex]]
    count: Callable[[], int]
    contents: Callable[[], Mapping[str, int]]
    is_resting: Callable[[], bool] = lambda: False


def open_search_engine(settings: SearchSettings, clock: Clock) -> SearchEngine:
    """Return OpenSearch where an address is given, else tantivy in the data folder."""
    server = opensearch_server(settings)
    if server is not None:
        return _opensearch(server, alias_of(settings.opensearch_index), clock)
    return _tantivy(IndexFolder(settings.index_dir), clock)


def opensearch_server(settings: OpenSearchSettings) -> OpenSearchServer | None:
    """Return the OpenSearch that the settings name, None where they name none."""
    if settings.opensearch_url is None:
        return None
    password = settings.opensearch_password
    return OpenSearchServer(
        url=settings.opensearch_url,
        username=settings.opensearch_username,
        password=password.get_secret_value() if password else None,
        ca_file=settings.opensearch_ca_file,
    )


def _opensearch(server: OpenSearchServer, alias: str, clock: Clock) -> SearchEngine:
    writing, breaker = writing_client(server), CircuitBreaker()

    def reader() -> OpenSearchIndex:
        return OpenSearchIndex(searching_client(server), alias, clock, breaker)

    return SearchEngine(
        index=reader(),
        reader=reader,
        writer=OpenSearchIndexWriter(writing, alias),
        fresh=lambda: FreshOpenSearchIndex(writing, alias),
        count=lambda: count(writing, alias),
        contents=lambda: opensearch_contents(writing, alias),
        is_resting=lambda: breaker.is_open,
    )


def _tantivy(folder: IndexFolder, clock: Clock) -> SearchEngine:
    index = TantivySearchIndex(folder, clock)
    return SearchEngine(
        index=index,
        reader=lambda: TantivySearchIndex(folder, clock),
        writer=TantivyIndexWriter(folder),
        fresh=lambda: FreshTantivyIndex(folder),
        count=index.count,
        contents=lambda: tantivy_contents(folder),
    )
