"""A partner's file of ten thousand rows: how long its preview and its application take."""

import csv
import io
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from aiff_catalog.imports.application.commands import Upload
from aiff_catalog.imports.domain.imports import Import, ImportFormat
from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.loading.application import ORGANISATIONS
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_contracts.codec import parse
from aiff_contracts.offer import Organisation
from aiff_kit.db import sqlite_url, upgrade
from bench.harness.large import settings_of
from bench.harness.product import CATALOGUE

Row = tuple[str, str, str]
ROWS = 10_000
_PARTNER = "partenaire"
_BY = Authorship(author="partner", limited_to=_PARTNER)
_SAID = ("/title/fr", "/title/en", "/summary/fr", "/summary/en", "/url")
_SAME = {
    "/organisations/0/organisation": _PARTNER,
    "/organisations/0/role": "provider",
    "/details/kind": "training",
    "/details/modality": "online",
    "/audience/0": "startup",
    "/audience/1": "sme",
    "/sectors/0": "any",
    "/languages/0": "fr",
    "/territories/0": "FR",
    "/pricing/basis": "free",
    "/contact/email": "contact@example.org",
    "/review_by": "2027-06-30",
    "/sources/0/label": "fichier du partenaire",
    "/sources/0/confidence": "stated_by_provider",
}
_HEADER = ("external_id", "/slug", *_SAID, *_SAME)


def rows() -> list[Row]:
    """Measure a table and a workbook with the same rows, each in a process of its own."""
    forms: tuple[ImportFormat, ...] = ("csv", "xlsx")
    return [row for form in forms for row in _rows_of(form)]


def _rows_of(form: ImportFormat) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="aiff-bench-") as folder:
        environment = {
            "AIFF_DATA_DIR": folder,
            "CATALOG_DATABASE_URL": sqlite_url(Path(folder) / "catalog.db"),
        }
        upgrade(environment["CATALOG_DATABASE_URL"], MIGRATIONS)
        content = _csv() if form == "csv" else _workbook()
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            looked, done, again, peak = pool.apply(_measured, (form, content, environment))
    named = f"import of {ROWS:,} rows, {form}"
    return [
        (f"{named}: preview", f"{looked:.0f} s", "< 30 s"),
        (f"{named}: apply", f"{done:.0f} s", "< 120 s"),
        (f"{named}: the same file again, preview", f"{again:.0f} s", "< 30 s"),
        (f"{named}: largest memory of the process", f"{peak:.0f} MB", "< 500 MB"),
    ]


def _measured(
    form: ImportFormat, content: bytes, environment: Mapping[str, str]
) -> tuple[float, float, float, float]:
    catalog = Catalog(settings_of(environment))
    organisation = {"slug": _PARTNER, "name": "Partenaire", "type": "company", "country": "FR"}
    catalog.offers.organisations.put(
        parse(Organisation, organisation), None, Authorship(author="bench")
    )
    seen, looked = _timed(catalog, _sent(catalog, form, content))
    _require(seen, seen.foreseen.created)
    applied, done = _timed(catalog, catalog.imports.commands.apply(seen.id, _BY, seen.version))
    _require(applied, applied.outcome.created)
    repeated, again = _timed(catalog, _sent(catalog, form, content))
    _require(repeated, repeated.foreseen.unchanged)
    catalog.close()
    return looked, done, again, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


def _sent(catalog: Catalog, form: ImportFormat, content: bytes) -> Import:
    return catalog.imports.commands.upload(Upload(partner=_PARTNER, format=form), content, _BY)


def _timed(catalog: Catalog, job: Import) -> tuple[Import, float]:
    began = time.perf_counter()
    while catalog.imports.job.step():
        pass
    return catalog.imports.commands.get(job.id, _BY), time.perf_counter() - began


def _require(job: Import, counted: int) -> None:
    if counted != ROWS:
        message = f"{counted} of {ROWS} rows: {job}"
        raise RuntimeError(message)


def _table() -> Iterator[list[str]]:
    """Yield the first line, then the texts of the real catalogue again and again."""
    files = [one for one in read_folder(CATALOGUE) if one.folder != ORGANISATIONS]
    yield list(_HEADER)
    for number in range(ROWS):
        offer: Any = files[number % len(files)].value
        said = [_at(offer, pointer) for pointer in _SAID]
        yield [f"P-{number}", f"{offer['slug'][:60]}-{number}", *said, *_SAME.values()]


def _at(value: Any, pointer: str) -> str:
    for step in pointer.split("/")[1:]:
        value = value.get(step) or ""
    return str(value).strip()


def _csv() -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(_table())
    return written.getvalue().encode()


def _workbook() -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(_table()):
            sheet.write_row(line, 0, cells)
    return written.getvalue()
