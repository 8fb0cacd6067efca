"""SQL statements per request: the same, however many offers there are."""

import asyncio
import tempfile
from pathlib import Path

from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.loading.application import SourceFile
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.settings import Settings
from aiff_catalog.offers.adapters.reads import SqlOfferReads, SqlOrganisationReads
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_catalog.shared.reader_sqlite import SqliteReader
from aiff_kit.db import sqlite_url, upgrade
from aiff_kit.testing import settings_from
from bench.harness.product import CATALOGUE

Row = tuple[str, str, str]


def rows() -> list[Row]:
    """Count the statements of reads in a small catalogue and in the whole one."""
    files = read_folder(CATALOGUE)
    small = tuple(file for file in files if file.name.startswith(("organisations/", "training/")))
    counts = [_counts(chosen) for chosen in (small, files)]
    shown = ", ".join(f"{offers} offers: {found}" for offers, found in counts)
    return [("SQL statements: offer read, page of organisations", shown, "equal")]


def _counts(files: tuple[SourceFile, ...]) -> tuple[int, str]:
    """Return how many offers were loaded and the statements of each read."""
    with tempfile.TemporaryDirectory(prefix="aiff-bench-") as folder:
        url = sqlite_url(Path(folder) / "catalog.db")
        upgrade(url, MIGRATIONS)
        catalog = Catalog(settings_from(Settings, {"CATALOG_DATABASE_URL": url}))
        report = catalog.loader.load(files)
        catalog.close()
        return report.created, asyncio.run(_traced(Path(folder) / "catalog.db"))


async def _traced(path: Path) -> str:
    reader = SqliteReader(path)
    seen: list[str] = []
    reader._open().set_trace_callback(seen.append)  # noqa: SLF001  Only the driver can count.
    await SqlOfferReads(reader).offer("fidle")
    read = len(seen)
    await SqlOrganisationReads(reader).organisations("", 20)
    await reader.close()
    return f"{read} and {len(seen) - read}"
