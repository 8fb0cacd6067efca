"""Partners' files: what people order, and what goes through the rows."""

from dataclasses import dataclass
from functools import partial

from aiff_catalog.imports.adapters.files import TemporaryFiles
from aiff_catalog.imports.application.commands import ImportCommands
from aiff_catalog.imports.application.processing import ImportJob
from aiff_catalog.imports.application.rows import OfferImport
from aiff_catalog.main.settings import Settings
from aiff_catalog.main.wiring.base import PASSING, Base
from aiff_catalog.partners.application.writes import PartnerWrites
from aiff_catalog.vocabularies.application.current import spellings_now
from aiff_kit.db import shared_transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportParts:
    """What partners and curators order, what the worker does, and what becomes of rows."""

    commands: ImportCommands
    job: ImportJob
    rows: OfferImport


def wire_imports(base: Base, settings: Settings, partners: PartnerWrites) -> ImportParts:
    """Return the use cases of imports."""
    rows = OfferImport(partners, partial(spellings_now, base.open))
    job = ImportJob(
        base.open,
        rows,
        TemporaryFiles(settings.imports.limits),
        partial(shared_transaction, base.engine),
        base.clock,
        PASSING,
    )
    return ImportParts(commands=ImportCommands(base.open, base.clock), job=job, rows=rows)
