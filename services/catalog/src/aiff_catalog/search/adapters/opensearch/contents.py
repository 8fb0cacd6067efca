"""What the index on OpenSearch holds: the version of each offer, as the database has it."""

from collections.abc import Iterator
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from aiff_catalog.search.adapters.opensearch.client import unavailable

_PAGE = 2_000


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


def _hits(client: OpenSearch, alias: str) -> Iterator[dict[str, Any]]:
    after: dict[str, Any] = {}
    while True:
        body = {"size": _PAGE, "sort": ["id"], "_source": False, "version": True, **after}
        hits = client.search(index=alias, body=body)["hits"]["hits"]
        yield from hits
        if len(hits) < _PAGE:
            return
        after = {"search_after": hits[-1]["sort"]}
