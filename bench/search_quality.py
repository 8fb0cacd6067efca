"""Whether the first offer that a short search finds is the right one, on the real catalogue.

The searches are in `bench/judged/searches.yaml`: 48, half in French and half in English, each with
the one offer that answers it. The constants of the hybrid were chosen on those at even places;
the others are the held-out half.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import yaml

from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.search.domain.queries import SearchQuery
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_kit.db import upgrade
from bench.harness.large import settings_of
from bench.harness.product import CATALOGUE

Row = tuple[str, str, str]
JUDGED = Path(__file__).parent / "judged/searches.yaml"


@dataclass(frozen=True)
class Judged:
    """A search with the slug of the offer that answers it."""

    q: str
    offer: str


def judged() -> list[Judged]:
    """Return the searches."""
    return [Judged(**one) for one in yaml.safe_load(JUDGED.read_text(encoding="utf-8"))]


def rows() -> list[Row]:
    """Search for each in an index of the real catalogue."""
    with TemporaryDirectory(prefix="aiff-bench-") as folder:
        settings = settings_of({"AIFF_DATA_DIR": folder})
        upgrade(settings.database_url, MIGRATIONS)
        catalog = Catalog(settings)
        catalog.loader.load(read_folder(CATALOGUE))
        while catalog.indexing.embeddings.step():
            pass
        catalog.indexing.maintenance.rebuild()
        words = asyncio.run(_right(catalog, judged(), by_meaning=False))
        hybrid = asyncio.run(_right(catalog, judged(), by_meaning=True))
        catalog.close()
    return [
        ("search recall@1, by words (BM25)", _recall(words), "printed"),
        ("search recall@1, by words and meaning", _recall(hybrid), "printed"),
        ("search recall@1, by words, held-out half", _recall(words[1::2]), "printed"),
        ("search recall@1, by both, held-out half", _recall(hybrid[1::2]), "printed"),
    ]


def _recall(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.3f} ({sum(right)} of {len(right)})"


async def _right(
    catalog: Catalog, searches: Sequence[Judged], *, by_meaning: bool
) -> Sequence[bool]:
    return [
        await _first(catalog, search.q, by_meaning=by_meaning) == search.offer
        for search in searches
    ]


async def _first(catalog: Catalog, text: str, *, by_meaning: bool) -> str | None:
    vector = await catalog.search.questions.of(text) if by_meaning else None
    page = await catalog.search.engine.index.search(SearchQuery(text=text, limit=1, vector=vector))
    return orjson.loads(page.items[0])["slug"] if page.items else None
