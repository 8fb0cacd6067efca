"""Whether the first offer that a short search finds is the right one, on the real catalogue.

The searches are in `bench/judged/searches.yaml`: 48, half in French and half in English, each with
the one offer that answers it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import yaml

from aiff_catalog.adapters.source_files import read_folder
from aiff_catalog.application.ports import SearchIndex
from aiff_catalog.application.search import SearchQuery
from aiff_catalog.main.bootstrap import MIGRATIONS, Catalog
from aiff_kit.db import upgrade
from bench.large import settings_of
from bench.product import CATALOGUE

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
        catalog.rebuild_index()
        measured = asyncio.run(_recall(catalog.search.index, judged()))
        catalog.close()
    return [("search recall@1, by words (BM25)", measured, "printed")]


async def _recall(index: SearchIndex, searches: Sequence[Judged]) -> str:
    found = [await _first(index, one.q) == one.offer for one in searches]
    return f"{sum(found) / len(found):.3f} ({sum(found)} of {len(found)})"


async def _first(index: SearchIndex, text: str) -> str | None:
    page = await index.search(SearchQuery(text=text, limit=1))
    return orjson.loads(page.items[0])["slug"] if page.items else None
