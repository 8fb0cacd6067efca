"""Pages of the curators' desk: statements and time, however many offers there are."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.loading.application import examine
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings
from aiff_catalog.offers.adapters.reads import SqlOfferReads
from aiff_catalog.offers.adapters.rows import row_of
from aiff_catalog.offers.application.listings import ListingQuery
from aiff_catalog.offers.domain.offer import Offer, draft, publish
from aiff_catalog.offers.domain.pending import submitted
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_catalog.shared.reading import DatabaseReader
from aiff_catalog.shared.tables import offer as offer_table
from aiff_contracts.offer import OfferContent
from aiff_kit.db import sqlite_url, upgrade
from aiff_kit.testing import settings_from
from aiff_local.engines import EngineUnavailableError, Postgres
from bench.harness.load import percentile
from bench.harness.product import CATALOGUE

Row = tuple[str, str, str]
SIZES = (10, 1_000, 100_000)
ROUNDS = 40
GOAL = "p50 <= 15 ms, 1 statement"
_START = datetime(2026, 11, 23, 12, tzinfo=UTC)
_BATCH = 2_000
_PAGES: Mapping[str, ListingQuery] = {
    "queue": ListingQuery(order="queue", limit=21),
    "queue of a kind and a partner": ListingQuery(
        order="queue", limit=21, kind="funding", partner="bpifrance"
    ),
    "list": ListingQuery(order="changed", limit=21),
    "list of what is published": ListingQuery(order="changed", limit=21, state="published"),
}


def rows() -> list[Row]:
    """Measure each page at each size on both databases."""
    contents = [content for _, content in examine(read_folder(CATALOGUE)).offers]
    found: list[Row] = []
    with TemporaryDirectory(prefix="aiff-bench-") as name:
        Path(name).chmod(0o755)
        for size in SIZES:
            url = sqlite_url(Path(name) / f"catalog-{size}.db")
            found += _rows("SQLite", url, size, contents)
        try:
            with _postgres(Path(name)) as address:
                for size in SIZES:
                    found += _rows("PostgreSQL", address(f"desk_{size}"), size, contents)
        except EngineUnavailableError as error:
            print(f"not measured: {error}")
    return found


def _rows(database: str, url: str, size: int, contents: list[OfferContent]) -> Iterator[Row]:
    upgrade(url, MIGRATIONS)
    catalog = Catalog(settings_from(Settings, {"CATALOG_DATABASE_URL": url}))
    _fill(catalog, size, contents)
    measured = asyncio.run(_measured(catalog.base.reader))
    catalog.close()
    for page, (statements, taken) in measured.items():
        shown = f"{percentile(taken, 0.5) * 1000:.1f} / {percentile(taken, 0.99) * 1000:.1f} ms"
        figure = f"{page}, {size:,} offers, {database}, p50 / p99"
        yield figure, f"{shown}, {statements} st.", GOAL


async def _measured(reader: DatabaseReader) -> dict[str, tuple[int, list[float]]]:
    """Return the statements and the sorted times of each page, from a place in the middle on."""
    found: dict[str, tuple[int, list[float]]] = {}
    asked, counted = reader.rows, []

    async def noted(statement: str, *values: object) -> Sequence[Any]:
        counted.append(statement)
        return await asked(statement, *values)

    reader.rows = noted  # type: ignore[method-assign]
    reads = SqlOfferReads(reader)
    for page, query in _PAGES.items():
        taken = []
        counted.clear()
        for number in range(ROUNDS):
            middle = (_START + timedelta(minutes=number), UUID(int=0))
            asked_now = query if number % 2 else replace(query, after=middle)
            began = time.perf_counter()
            await reads.listings(asked_now)
            taken.append(time.perf_counter() - began)
        found[page] = (len(counted) // ROUNDS, sorted(taken))
    await reader.close()
    return found


def _fill(catalog: Catalog, size: int, contents: list[OfferContent]) -> None:
    """Store offers of which half wait for a reviewer and half are published."""
    with catalog.base.engine.begin() as connection:
        for begin in range(0, size, _BATCH):
            batch = [_row(number, contents) for number in range(begin, min(begin + _BATCH, size))]
            connection.execute(offer_table.insert(), batch)
    with catalog.base.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _row(number: int, contents: list[OfferContent]) -> dict[str, Any]:
    text = replace(contents[number % len(contents)], slug=f"offre-{number}")
    at = _START + timedelta(seconds=number)
    stored: Offer = draft(UUID(int=number + 1), text, "autrice", at)
    if number % 2:
        stored = publish(stored, at)
    else:
        stored = replace(stored, pending=submitted(stored.waiting, at))
    return {"id": stored.id, **row_of(stored)}


@contextmanager
def _postgres(folder: Path) -> Iterator[Callable[[str], str]]:
    engine = Postgres(folder / "postgres")

    def address(name: str) -> str:
        engine.create_database(name)
        return engine.url(name)

    try:
        engine.start()
        yield address
    finally:
        engine.stop()
