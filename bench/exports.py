"""Dumps of a large catalogue: how fast they stream, and how much memory that takes."""

import asyncio
import multiprocessing
import resource
import time
from collections.abc import Mapping

from sqlalchemy import insert, literal, select

from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.adapters.reads import SqlExchangeReads
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.wiring.formats import exports
from aiff_catalog.shared import tables
from bench.harness.large import OFFERS, filled, settings_of
from bench.harness.load import percentile

Row = tuple[str, str, str]
_GOAL = "memory bounded: + <= 50 MB"
_DUMPS = ("offers.ndjson", "catalogue.ndjson", "offers.csv", "offers.xlsx", "deadlines.ics")
# These describe each offer anew as a graph: a tenth tells the throttle.
_GRAPHS = ("public-services.ttl", "public-services.jsonld")
_PAGES = 50
_MEGABYTE = 1_000_000


def rows() -> list[Row]:
    """Measure each dump in a process of its own, then the pages of changes."""
    environment = filled()
    found = [_row(name, environment, OFFERS) for name in _DUMPS]
    found += [_row(name, filled(OFFERS // 10), OFFERS // 10) for name in _GRAPHS]
    return [*found, _changes(environment)]


def _row(name: str, environment: Mapping[str, str], offers: int) -> Row:
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        seconds, size, grown = pool.apply(_measured, (name, dict(environment)))
    told = f"{seconds:.0f} s, {size / _MEGABYTE:.0f} MB, + {grown:.0f} MB"
    return f"{name} of {offers:,} offers: time, size, memory", told, _GOAL


def _measured(name: str, environment: Mapping[str, str]) -> tuple[float, int, float]:
    """Return seconds, bytes, and by how many megabytes the largest memory grew."""
    catalog = Catalog(settings_of(environment))
    stream = exports(Addresses("https://example.org"))[name].stream

    async def read() -> tuple[int, int]:
        pieces = stream(SqlExchangeReads(catalog.base.reader))
        size = len(await anext(pieces))
        async for piece in pieces:
            size += len(piece)
            if not before:
                before.append(_peak())
        await catalog.base.reader.close()
        return size, _peak()

    before: list[int] = []
    began = time.perf_counter()
    size, after = asyncio.run(read())
    return time.perf_counter() - began, size, (after - before[0]) / 1_000


def _peak() -> int:
    """Return the largest resident memory of this process so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _changes(environment: Mapping[str, str]) -> Row:
    """Measure a page of a hundred changes anywhere in the catalogue."""
    catalog = Catalog(settings_of(environment))
    _note_all(catalog)

    async def pages() -> list[float]:
        reads = SqlExchangeReads(catalog.base.reader)
        times, after = [], 0
        for _ in range(_PAGES):
            began = time.perf_counter()
            read = await reads.changes(after, 101)
            times.append((time.perf_counter() - began) * 1000)
            after += read.newest // _PAGES
        await catalog.base.reader.close()
        return times

    middle = percentile(sorted(asyncio.run(pages())), 0.5)
    return "/v1/changes: 100 whole offers of 100,000, p50", f"{middle:.1f} ms", "<= 15 ms"


def _note_all(catalog: Catalog) -> None:
    """Have every published offer in the list of changes, as if each had been published here."""
    shown = tables.offer_document.c
    columns = ("offer_id", "slug", "version", "at")
    values = select(shown.offer_id, shown.slug, shown.version, shown.updated_at)
    known = select(tables.offer_change.c.offer_id)
    with catalog.base.engine.begin() as connection:
        missing = values.where(shown.offer_id.not_in(known))
        labelled = missing.add_columns(literal("published"))
        connection.execute(insert(tables.offer_change).from_select([*columns, "state"], labelled))
    while catalog.exchange.numbering.step():
        pass
