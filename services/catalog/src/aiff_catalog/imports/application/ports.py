"""What is kept of imports: the files while they are needed, each row's result, the mappings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from aiff_catalog.imports.domain.cells import CellFault
from aiff_catalog.imports.domain.imports import Import, RowOutcome, SentFile
from aiff_catalog.imports.domain.source_mapping import SourceMapping
from aiff_catalog.offers.domain.organisation import Provider
from aiff_catalog.shared.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """A row of a file: its line, what it says, what it looked like, what cannot be read of it."""

    line: int
    external_id: str
    offer: Mapping[str, Any]
    cells: Mapping[str, Any]
    faults: tuple[CellFault, ...] = ()


class ImportFile(Protocol):
    """A file that can be read again and again, row by row.

    Reading raises FileRefusedError where the file as a whole cannot be used.
    """

    @property
    def columns(self) -> Sequence[str]:
        """Return the names of the columns in their order; none where rows are objects."""

    def rows(self) -> Iterator[ImportRow]:
        """Yield the rows."""

    def column_of(self, pointer: str) -> str | None:
        """Return the column of a field of an offer."""


class ImportFolder(Protocol):
    """Where a file lies while its rows are read."""

    def open(self, file: SentFile, pieces: Iterable[bytes]) -> AbstractContextManager[ImportFile]:
        """Open a file made of pieces; FileRefusedError or Faults where it cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """A row of an import.

    `foreseen` is what the preview found, `outcome` what was done, None where it was refused or
    not yet done; `result` is the newer of the two. `faults` are why it was refused, and `cells`
    is what the row looked like, kept for the refused ones.
    """

    line: int
    external_id: str
    foreseen: RowOutcome | None = None
    outcome: RowOutcome | None = None
    result: RowOutcome
    faults: tuple[CellFault, ...] = ()
    cells: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowQuery:
    """Which rows of an import: after a line, those with this result alone where one is named."""

    after: int = 0
    limit: int = 100
    result: RowOutcome | None = None


class ImportStore(Protocol):
    """Imports inside a unit of work."""

    def add(self, new: Import, content: bytes) -> None:
        """Store an import with its file."""

    def content(self, import_id: UUID) -> Iterable[bytes]:
        """Yield the pieces of the file; none where it is no longer kept."""

    def drop_content(self, import_id: UUID) -> None:
        """Forget the file, which nobody needs any more."""

    def find(self, import_id: UUID) -> Import | None:
        """Return an import."""

    def save(self, changed: Import) -> None:
        """Store the next version; StaleVersionError where somebody was faster."""

    def page(self, partner: str | None, after: UUID | None, limit: int) -> Sequence[Import]:
        """Return imports, the newest first, of one partner where one is named."""

    def open_of(self, partner: str) -> int:
        """Return how many imports of a partner are not at their end."""

    def take(self, holder: UUID, now: datetime, until: datetime) -> Import | None:
        """Return the oldest import with work to do that no other holder works on till then."""

    def hold(self, import_id: UUID, holder: UUID, until: datetime) -> None:
        """Go on holding an import; StaleVersionError where another holder has it now."""

    def put_rows(self, import_id: UUID, rows: Sequence[KeptRow]) -> None:
        """Store rows of a preview, or the results of rows that are there."""

    def rows(self, import_id: UUID, query: RowQuery) -> Sequence[KeptRow]:
        """Return rows in the order of their lines."""

    def forget(self, uploaded_before: datetime, finished_before: datetime) -> int:
        """Forget imports that were left lying, and those long finished; return how many."""

    def mapping(self, partner: str, source: str) -> SourceMapping | None:
        """Return what the columns of a partner's source mean."""

    def mappings(self, partner: str) -> Sequence[SourceMapping]:
        """Return all mappings of a partner by the names of their sources."""

    def put_mapping(self, mapping: SourceMapping) -> None:
        """Store or replace a mapping."""

    def drop_mapping(self, partner: str, source: str) -> None:
        """Forget a mapping; what was sent by it keeps its own copy."""


class KnownOrganisations(Protocol):
    """The organisations for which files are sent, inside a unit of work."""

    def find(self, slug: str) -> Provider | None:
        """Return an organisation."""


class ImportsUnitOfWork(UnitOfWork, Protocol):
    """A transaction over the imports of partners' files."""

    @property
    def imports(self) -> ImportStore:
        """Return the imports."""

    @property
    def organisations(self) -> KnownOrganisations:
        """Return the organisations."""


OpenImports = Callable[[], ImportsUnitOfWork]
