"""What the embedded index holds: the version of each offer, to be compared with the database."""

from collections.abc import Iterator
from typing import Any

import orjson
from tantivy import Query, Searcher

from aiff_catalog.search.adapters.tantivy.folder import IndexFolder, open_index
from aiff_catalog.shared.errors import SearchIndexUnavailableError


def tantivy_contents(folder: IndexFolder) -> dict[str, int]:
    """Return the versions by id; nothing where the index is lost or cannot be opened."""
    try:
        searcher = open_index(folder.current()).searcher()
    except SearchIndexUnavailableError:
        return {}
    return dict(_cards(searcher))


def _cards(searcher: Searcher) -> Iterator[tuple[str, int]]:
    """Read what each entry shows: the engine keeps no other form of the id."""
    if searcher.num_docs == 0:
        return
    hits: Any = searcher.search(Query.all_query(), searcher.num_docs, count=False)
    for _, address in hits.hits:
        card = orjson.loads(searcher.doc(address)["card"][0])
        yield card["id"], card["version"]
