"""A catalogue as large as asked for, made once in a run and removed at its end.

The offers are the real catalogue's, copied under other names with words of their own and a random
sentence vector each until there are enough.
"""

import atexit
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import orjson
from sqlalchemy import insert, select

from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings
from aiff_catalog.shared import tables
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_kit.db import upgrade
from aiff_kit.encoder import DIMENSION, SentenceEncoder
from aiff_kit.ids import new_id
from aiff_kit.testing import settings_from
from aiff_local.engines import OpenSearch
from bench.harness.product import CATALOGUE

OFFERS = 100_000
# A rebuild looks again at what changed while it ran, which is not the whole catalogue.
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
_WORDS = [
    "aurore",
    "boreal",
    "cobalt",
    "delta",
    "ecume",
    "fjord",
    "granit",
    "horizon",
    "iris",
    "jonc",
    "karst",
    "lagune",
]


@cache
def filled(offers: int = OFFERS) -> Mapping[str, str]:
    """Return the settings of a catalogue with so many offers and no index yet."""
    folder = scratch()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = {"AIFF_DATA_DIR": str(folder / "data")}
    _fill(environment, offers)
    return environment


@contextmanager
def opensearch() -> Iterator[str]:
    """Run an engine for the time of the block and give its address."""
    folder = scratch()
    engine = OpenSearch(folder)
    try:
        engine.start()
        yield engine.url
    finally:
        engine.stop()
        shutil.rmtree(folder, ignore_errors=True)


def scratch() -> Path:
    """Make a folder that the system user of the engines can enter."""
    folder = Path(tempfile.mkdtemp(prefix="aiff-bench-"))
    folder.chmod(0o755)
    return folder


def settings_of(environment: Mapping[str, str]) -> Settings:
    """Return the settings that an environment gives."""
    return settings_from(Settings, environment)


def _fill(environment: Mapping[str, str], offers: int) -> None:
    settings = settings_of(environment)
    upgrade(settings.database_url, MIGRATIONS)
    catalog = Catalog(settings)
    catalog.loader.load(read_folder(CATALOGUE))
    with catalog.base.engine.begin() as connection:
        kept = [dict(row._mapping) for row in connection.execute(select(tables.offer))]  # noqa: SLF001
        documents = {
            row.offer_id: dict(row._mapping)  # noqa: SLF001
            for row in connection.execute(select(tables.offer_document))
        }
        vectors = np.random.default_rng(20261124)
        for chunk in _chunks(_copies(kept, documents, offers - len(kept))):
            copies = [one for _, one in chunk]
            connection.execute(insert(tables.offer), [one for one, _ in chunk])
            connection.execute(insert(tables.offer_document), copies)
            connection.execute(insert(tables.offer_meaning), _meanings(copies, vectors))
    catalog.close()


def _meanings(
    copies: Sequence[Mapping[str, Any]], vectors: np.random.Generator
) -> list[dict[str, Any]]:
    """Give each copy a direction of its own, as if it had been encoded and indexed."""
    block = vectors.standard_normal((len(copies), DIMENSION), np.float32)
    block /= np.linalg.norm(block, axis=1, keepdims=True)
    shared = {"model": SentenceEncoder().model, "state": "indexed"}
    return [
        {"offer_id": one["offer_id"], "version": one["version"], "vector": row.tobytes(), **shared}
        for one, row in zip(copies, block, strict=True)
    ]


def _copies(
    kept: Sequence[dict[str, Any]], documents: Mapping[UUID, dict[str, Any]], missing: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    source = random.Random(20261124)
    for number in range(missing):
        offer = kept[number % len(kept)]
        document = documents[offer["id"]]
        new = {"slug": f"{offer['slug'][:60]}-{number}"}
        offer_id, words = new_id(), " ".join(source.choices(_WORDS, k=2))
        body = {**orjson.loads(document["body"]), **new, "id": str(offer_id)}
        body["title"] = {name: f"{text} {words}" for name, text in body["title"].items()}
        card = {**orjson.loads(document["summary"]), **new, "id": str(offer_id)}
        card["title"] = body["title"]
        copied = {"body": orjson.dumps(body), "summary": orjson.dumps(card), "updated_at": LONG_AGO}
        yield (
            {**offer, **new, "id": offer_id, "updated_at": LONG_AGO},
            {**document, **new, "offer_id": offer_id, **copied},
        )


def _chunks(items: Iterator[Any], size: int = 500) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
