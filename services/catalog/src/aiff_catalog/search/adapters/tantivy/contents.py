"""What the search index holds: the version of each offer, to be compared with the database."""

from collections.abc import Iterator
from typing import Any

import orjson
from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError
from tantivy import Query, Searcher

from aiff_catalog.search.adapters.opensearch.client import unavailable
from aiff_catalog.search.adapters.tantivy.folder import IndexFolder, open_index
from aiff_catalog.shared.errors import SearchIndexUnavailableError

_PAGE = 2_000


def tantivy_contents(folder: IndexFolder) -> dict[str, int]:
    """Return the versions by id; nothing where the index is lost or cannot be opened."""
    try:
        searcher = open_index(folder.current()).searcher()
    except SearchIndexUnavailableError:
        return {}
    return dict(_cards(searcher))


def opensearch_contents(client: OpenSearch, alias: str) -> dict[str, int]:
    """Return the versions by id; nothing where there is no index behind the alias.

    SearchIndexUnavailableError where the engine does not answer.
    """
    with unavailable():
        try:
            client.indices.refresh(index=alias)
            return {hit["_id"]: hit["_version"] for hit in _hits(client, alias)}
        except NotFoundError:
            return {}


def _cards(searcher: Searcher) -> Iterator[tuple[str, int]]:
    """Read what each entry shows: the engine keeps no other form of the id."""
    if searcher.num_docs == 0:
        return
    found: Any = searcher.search(Query.all_query(), searcher.num_docs, count=False)
    for _, address in found.hits:
        card = orjson.loads(searcher.doc(address)["card"][0])
        yield card["id"], card["version"]


def _hits(client: OpenSearch, alias: str) -> Iterator[dict[str, Any]]:
    after: dict[str, Any] = {}
    while True:
        body = {"size": _PAGE, "sort": ["id"], "_source": False, "version": True, **after}
        hits = client.search(index=alias, body=body)["hits"]["hits"]
        yield from hits
        if len(hits) < _PAGE:
            return
        after = {"search_after": hits[-1]["sort"]}
