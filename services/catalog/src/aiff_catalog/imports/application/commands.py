"""What partners and curators do with imports; the worker does the rest (`processing`)."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from aiff_catalog.imports.application.error_file import ErrorLines, written_lines
from aiff_catalog.imports.application.ports import ImportsUnitOfWork, KeptRow, OpenImports, RowQuery
from aiff_catalog.imports.domain import imports as importing
from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.imports.domain.imports import Import, ImportFormat, SentFile
from aiff_catalog.imports.domain.source_mapping import SourceMapping, next_mapping
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import (
    ImportNotFoundError,
    MappingNotFoundError,
    OrganisationNotFoundError,
    StaleVersionError,
    TooManyImportsError,
)
from aiff_contracts.codec import Fault, Faults
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id

# Files wait in the database until they are applied or cancelled.
_MOST_OPEN = 10
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What somebody says of a file: whose it is, its form, its source, and a name for people."""

    partner: str
    format: ImportFormat
    source: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRows:
    """The refused rows of an import, piece by piece: CSV, or NDJSON where rows are objects."""

    pieces: Iterator[bytes]
    is_table: bool


class ImportCommands:
    """The use cases of imports and of the mappings that they are read by.

    All raise OrganisationNotFoundError or ImportNotFoundError for what the author does not write
    for: nobody learns what another partner sends.
    """

    def __init__(self, open_uow: OpenImports, clock: Clock) -> None:
        """Keep where to write and the clock."""
        self._open_uow = open_uow
        self._clock = clock

    def upload(self, told: Upload, content: bytes, by: Authorship) -> Import:
        """Keep a file to be looked through.

        Raises Faults for a file of no bytes, MappingNotFoundError for a source that nobody
        explained, and TooManyImportsError where too many of the partner's files wait already.
        """
        if not content:
            raise Faults([Fault("", "empty", "the file is empty; send one that holds offers")])
        with self._open_uow() as uow:
            _admit(uow, told.partner, by)
            if uow.imports.open_of(told.partner) >= _MOST_OPEN:
                raise TooManyImportsError(told.partner, _MOST_OPEN)
            mapping = None if told.source is None else _mapping(uow, told.partner, told.source)
            file = SentFile(
                partner=told.partner,
                format=told.format,
                name=told.name,
                size=len(content),
                digest=hashlib.sha256(content).hexdigest(),
                source=told.source,
                mapping=None if mapping is None else mapping.mapping,
            )
            new = Import(id=new_id(), file=file, uploaded_by=by, uploaded_at=self._clock())
            uow.imports.add(new, content)
            uow.commit()
        return new

    def page(
        self, partner: str | None, by: Authorship, after: UUID | None, limit: int
    ) -> Sequence[Import]:
        """Return imports, the newest first; who writes for one partner sees its own alone."""
        with self._open_uow() as uow:
            if partner is not None:
                _admit(uow, partner, by)
            return uow.imports.page(partner or by.limited_to, after, limit)

    def get(self, import_id: UUID, by: Authorship) -> Import:
        """Return an import."""
        with self._open_uow() as uow:
            return _own_import(uow, import_id, by)

    def rows(self, import_id: UUID, by: Authorship, query: RowQuery) -> Sequence[KeptRow]:
        """Return what became of rows, in the order of their lines."""
        with self._open_uow() as uow:
            _own_import(uow, import_id, by)
            return uow.imports.rows(import_id, query)

    def error_file(
        self, import_id: UUID, by: Authorship, said: Callable[[str], str] = str
    ) -> RefusedRows:
        """Return the refused rows as a file in the form of the one that was sent.

        `said` says why each was refused in the reader's language.
        """
        sent = self.get(import_id, by)
        mapping = sent.file.mapping
        lines = ErrorLines(sent.columns, "," if mapping is None else mapping.delimiter, said)
        pieces = written_lines(lines, self._refused_rows(import_id, by))
        return RefusedRows(pieces=pieces, is_table=lines.is_table)

    def _refused_rows(self, import_id: UUID, by: Authorship) -> Iterator[KeptRow]:
        """Yield the refused rows, some at a time."""
        after = 0
        while True:
            query = RowQuery(after=after, limit=_ROWS_AT_ONCE, result="refused")
            rows = self.rows(import_id, by, query)
            yield from rows
            if len(rows) < _ROWS_AT_ONCE:
                return
            after = rows[-1].line

    def apply(self, import_id: UUID, by: Authorship, version: int | None) -> Import:
        """Order that the rows be written, as somebody who read their preview."""
        with self._open_uow() as uow:
            current = _own_import(uow, import_id, by)
            importing.require_version(current, version)
            changed = importing.ordered(current, by)
            uow.imports.save(changed)
            uow.commit()
        return changed

    def cancel(self, import_id: UUID, by: Authorship, version: int | None) -> Import:
        """Give an import up before any of it was written; its file is forgotten."""
        with self._open_uow() as uow:
            current = _own_import(uow, import_id, by)
            importing.require_version(current, version)
            changed = importing.cancelled(current, self._clock())
            uow.imports.save(changed)
            uow.imports.drop_content(import_id)
            uow.commit()
        return changed

    def mappings(self, partner: str, by: Authorship) -> Sequence[SourceMapping]:
        """Return how a partner's files are read."""
        with self._open_uow() as uow:
            _admit(uow, partner, by)
            return uow.imports.mappings(partner)

    def mapping(self, partner: str, source: str, by: Authorship) -> SourceMapping:
        """Return how files of a source are read, or raise MappingNotFoundError."""
        with self._open_uow() as uow:
            _admit(uow, partner, by)
            return _mapping(uow, partner, source)

    def put_mapping(
        self,
        partner: str,
        source: str,
        mapping: ColumnMapping,
        by: Authorship,
        expected: int | None,
    ) -> SourceMapping:
        """Say how files of a source are read; what waits already keeps what it was read by."""
        wanted = SourceMapping(
            partner=partner,
            source=source,
            mapping=mapping,
            updated_at=self._clock(),
            author=by.author,
        )
        with self._open_uow() as uow:
            _admit(uow, partner, by)
            current = uow.imports.mapping(partner, source)
            stored = next_mapping(current, wanted, expected)
            if stored is not current:
                uow.imports.put_mapping(stored)
                uow.commit()
        return stored

    def drop_mapping(self, partner: str, source: str, by: Authorship, expected: int | None) -> None:
        """Forget how files of a source are read; StaleVersionError where it changed meanwhile."""
        with self._open_uow() as uow:
            _admit(uow, partner, by)
            current = _mapping(uow, partner, source)
            if expected not in {None, current.version}:
                raise StaleVersionError(expected or 0, current.version)
            uow.imports.drop_mapping(partner, source)
            uow.commit()


def _admit(uow: ImportsUnitOfWork, partner: str, by: Authorship) -> None:
    if by.limited_to not in {None, partner} or uow.organisations.find(partner) is None:
        raise OrganisationNotFoundError(partner)


def _own_import(uow: ImportsUnitOfWork, import_id: UUID, by: Authorship) -> Import:
    current = uow.imports.find(import_id)
    if current is None or by.limited_to not in {None, current.file.partner}:
        raise ImportNotFoundError(import_id)
    return current


def _mapping(uow: ImportsUnitOfWork, partner: str, source: str) -> SourceMapping:
    known = uow.imports.mapping(partner, source)
    if known is None:
        raise MappingNotFoundError(partner, source)
    return known
