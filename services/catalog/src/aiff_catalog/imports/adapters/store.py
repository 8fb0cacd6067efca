"""Imports, their files and rows, and the mappings of sources, inside a transaction."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, and_, delete, func, or_, select, update

from aiff_catalog.imports.application.ports import KeptRow, RowQuery
from aiff_catalog.imports.domain.cells import CellFault
from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.imports.domain.imports import OPEN, WORKING, Import
from aiff_catalog.imports.domain.source_mapping import SourceMapping
from aiff_catalog.shared.errors import StaleVersionError
from aiff_catalog.shared.tables import (
    import_mapping,
    import_piece,
    import_row,
    offer_import,
)
from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.sparing import readable
from aiff_kit.db import upsert

_PIECE = 1_000_000
_FORGOTTEN_AT_ONCE = 20


class SqlImportStore:
    """Reads and writes the four tables of imports."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def add(self, new: Import, content: bytes) -> None:
        """Store an import with its file in pieces."""
        row = {"id": new.id, "partner": new.file.partner, **_values(new)}
        self._connection.execute(offer_import.insert().values(row))
        pieces = [
            {"import_id": new.id, "number": number, "content": content[start : start + _PIECE]}
            for number, start in enumerate(range(0, len(content), _PIECE))
        ]
        self._connection.execute(import_piece.insert(), pieces)

    def content(self, import_id: UUID) -> Iterator[bytes]:
        """Yield the pieces of the file, one in the memory at a time."""
        number = 0
        while True:
            is_it = (import_piece.c.import_id == import_id) & (import_piece.c.number == number)
            piece = self._connection.execute(select(import_piece.c.content).where(is_it)).scalar()
            if piece is None:
                return
            yield piece
            number += 1

    def drop_content(self, import_id: UUID) -> None:
        """Forget the file."""
        self._connection.execute(delete(import_piece).where(import_piece.c.import_id == import_id))

    def find(self, import_id: UUID) -> Import | None:
        """Return an import."""
        wanted = select(offer_import.c.job).where(offer_import.c.id == import_id)
        job = self._connection.execute(wanted).scalar()
        return None if job is None else parse_json(Import, job)

    def save(self, changed: Import) -> None:
        """Store the next version; StaleVersionError where somebody was faster."""
        table = offer_import
        before = (table.c.id == changed.id) & (table.c.version == changed.version - 1)
        written = self._connection.execute(update(table).where(before).values(_values(changed)))
        if written.rowcount == 0:
            statement = select(table.c.version).where(table.c.id == changed.id)
            newest = self._connection.execute(statement).scalar()
            raise StaleVersionError(changed.version - 1, newest or 0)

    def page(self, partner: str | None, after: UUID | None, limit: int) -> Sequence[Import]:
        """Return imports, the newest first: identifiers are in the order of time."""
        table = offer_import
        wanted = select(table.c.job).order_by(table.c.id.desc()).limit(limit)
        if partner is not None:
            wanted = wanted.where(table.c.partner == partner)
        if after is not None:
            wanted = wanted.where(table.c.id < after)
        return [*readable(Import, self._connection.execute(wanted).scalars(), "listing imports")]

    def open_of(self, partner: str) -> int:
        """Return how many imports of a partner are not at their end."""
        table = offer_import
        theirs = (table.c.partner == partner) & table.c.state.in_(OPEN)
        counted = select(func.count()).select_from(table).where(theirs)
        return self._connection.execute(counted).scalar() or 0

    def take(self, holder: UUID, now: datetime, until: datetime) -> Import | None:
        """Return the oldest import with work to do, held until then."""
        table = offer_import
        free = or_(
            table.c.held_until.is_(None), table.c.held_until < now, table.c.held_by == holder
        )
        working = and_(table.c.state.in_(WORKING), free)
        oldest = select(table.c.id).where(working).order_by(table.c.id).limit(1)
        import_id = self._connection.execute(oldest).scalar()
        if import_id is None:
            return None
        held = update(table).where(table.c.id == import_id, working)
        taken = self._connection.execute(held.values(held_by=holder, held_until=until))
        return self.find(import_id) if taken.rowcount else None

    def hold(self, import_id: UUID, holder: UUID, until: datetime) -> None:
        """Go on holding an import; StaleVersionError where another holder has it now."""
        table = offer_import
        own = (table.c.id == import_id) & (table.c.held_by == holder)
        held = self._connection.execute(update(table).where(own).values(held_until=until))
        if held.rowcount == 0:
            raise StaleVersionError(0, 0)

    def put_rows(self, import_id: UUID, rows: Sequence[KeptRow]) -> None:
        """Store rows of a preview, or the results of rows that are there."""
        if not rows:
            return
        added = upsert(self._connection, import_row)
        names = ("outcome", "result", "faults", "cells")
        newest = {name: added.excluded[name] for name in names}
        keys = [import_row.c.import_id, import_row.c.line]
        stored = added.on_conflict_do_update(index_elements=keys, set_=newest)
        self._connection.execute(stored, [_row_values(import_id, row) for row in rows])

    def rows(self, import_id: UUID, query: RowQuery) -> Sequence[KeptRow]:
        """Return rows in the order of their lines."""
        table = import_row
        wanted = select(table).where(table.c.import_id == import_id, table.c.line > query.after)
        if query.result is not None:
            wanted = wanted.where(table.c.result == query.result)
        ordered = wanted.order_by(table.c.line).limit(query.limit)
        return [_kept(row) for row in self._connection.execute(ordered)]

    def forget(self, uploaded_before: datetime, finished_before: datetime) -> int:
        """Forget some imports that were left lying, and some that are long finished."""
        table = offer_import
        lying = and_(table.c.finished_at.is_(None), table.c.uploaded_at < uploaded_before)
        old = or_(table.c.finished_at < finished_before, lying & (table.c.state == "previewed"))
        wanted = select(table.c.id).where(old).limit(_FORGOTTEN_AT_ONCE)
        ids = list(self._connection.execute(wanted).scalars())
        for part in (import_piece, import_row):
            self._connection.execute(delete(part).where(part.c.import_id.in_(ids)))
        self._connection.execute(delete(table).where(table.c.id.in_(ids)))
        return len(ids)

    def mapping(self, partner: str, source: str) -> SourceMapping | None:
        """Return what the columns of a partner's source mean."""
        wanted = select(import_mapping).where(_is(partner, source))
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else _mapping(row)

    def mappings(self, partner: str) -> Sequence[SourceMapping]:
        """Return all mappings of a partner by the names of their sources."""
        theirs = select(import_mapping).where(import_mapping.c.partner == partner)
        rows = self._connection.execute(theirs.order_by(import_mapping.c.source))
        return [_mapping(row) for row in rows]

    def put_mapping(self, mapping: SourceMapping) -> None:
        """Store or replace a mapping; StaleVersionError where somebody was faster."""
        values = {
            "mapping": dump_json(mapping.mapping),
            "version": mapping.version,
            "updated_at": mapping.updated_at,
            "author": mapping.author,
        }
        added = upsert(self._connection, import_mapping).values(
            partner=mapping.partner, source=mapping.source, **values
        )
        keys = [import_mapping.c.partner, import_mapping.c.source]
        before = import_mapping.c.version == mapping.version - 1
        stored = added.on_conflict_do_update(index_elements=keys, set_=values, where=before)
        if self._connection.execute(stored).rowcount == 0:
            raise StaleVersionError(mapping.version - 1, mapping.version)

    def drop_mapping(self, partner: str, source: str) -> None:
        """Forget a mapping."""
        self._connection.execute(delete(import_mapping).where(_is(partner, source)))


def _is(partner: str, source: str) -> Any:
    return (import_mapping.c.partner == partner) & (import_mapping.c.source == source)


def _values(job: Import) -> dict[str, Any]:
    given_back = {} if job.state in WORKING else {"held_by": None, "held_until": None}
    return {
        **given_back,
        "state": job.state,
        "version": job.version,
        "job": dump_json(job),
        "uploaded_at": job.uploaded_at,
        "finished_at": job.finished_at,
    }


def _mapping(row: Row[Any]) -> SourceMapping:
    return SourceMapping(
        partner=row.partner,
        source=row.source,
        mapping=parse_json(ColumnMapping, row.mapping),
        version=row.version,
        updated_at=row.updated_at,
        author=row.author,
    )


def _row_values(import_id: UUID, row: KeptRow) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "line": row.line,
        "external_id": row.external_id,
        "foreseen": row.foreseen,
        "outcome": row.outcome,
        "result": row.result,
        "faults": orjson.dumps(row.faults) if row.faults else None,
        "cells": None if row.cells is None else orjson.dumps(row.cells),
    }


def _kept(row: Row[Any]) -> KeptRow:
    faults = orjson.loads(row.faults) if row.faults else ()
    return KeptRow(
        line=row.line,
        external_id=row.external_id,
        foreseen=row.foreseen,
        outcome=row.outcome,
        result=row.result,
        faults=tuple(CellFault(**fault) for fault in faults),
        cells=None if row.cells is None else orjson.loads(row.cells),
    )
