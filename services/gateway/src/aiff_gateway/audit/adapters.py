"""The table of the audit log."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson
import structlog
from sqlalchemy import ColumnElement, Connection, Row, Select, select

from aiff_gateway.audit.application import Sought
from aiff_gateway.audit.domain import EMPTY, ChainedEntry, Entry, Head, chained, truncated
from aiff_gateway.shared.tables import AUDIT_ENTRY

# Any constant: those who append wait for each other on this PostgreSQL lock, so that no two
# entries follow the same one. On SQLite a transaction holds the only write lock anyhow.
_APPENDING = 716_201_901


class SqlAuditLog:
    """The table of the audit log."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(self, entry: Entry) -> None:
        """Append; others who append wait until this transaction ends."""
        bound = structlog.contextvars.get_contextvars()
        kept = replace(
            entry,
            address=truncated(entry.address),
            request_id=entry.request_id or bound.get("request_id"),
        )
        self._wait_for_others()
        link = chained(kept, self._head())
        row = {
            "position": link.position,
            "kind": kept.kind,
            "at": kept.at,
            "actor": kept.actor,
            "subject": kept.subject,
            "organisation": kept.organisation,
            "acting_for": kept.acting_for,
            "address": kept.address,
            "request_id": kept.request_id,
            "facts": orjson.dumps(dict(kept.facts), option=orjson.OPT_SORT_KEYS).decode(),
            "previous": link.previous,
            "digest": link.digest,
        }
        self._connection.execute(AUDIT_ENTRY.insert().values(row))

    def newest(self, sought: Sought, before: int | None, most: int) -> Sequence[ChainedEntry]:
        """Select from the end."""
        wanted = select(AUDIT_ENTRY).where(*_conditions(sought))
        if before is not None:
            wanted = wanted.where(AUDIT_ENTRY.c.position < before)
        return self._found(wanted.order_by(AUDIT_ENTRY.c.position.desc()).limit(most))

    def after(self, position: int, most: int) -> Sequence[ChainedEntry]:
        """Select in order."""
        wanted = select(AUDIT_ENTRY).where(AUDIT_ENTRY.c.position > position)
        return self._found(wanted.order_by(AUDIT_ENTRY.c.position).limit(most))

    def _found(self, wanted: Select[Any]) -> Sequence[ChainedEntry]:
        return [_link(row) for row in self._connection.execute(wanted)]

    def _wait_for_others(self) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_APPENDING})")

    def _head(self) -> Head:
        last = select(AUDIT_ENTRY.c.position, AUDIT_ENTRY.c.digest)
        row = self._connection.execute(
            last.order_by(AUDIT_ENTRY.c.position.desc()).limit(1)
        ).one_or_none()
        return EMPTY if row is None else Head(row.position, row.digest)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    table = AUDIT_ENTRY.c
    equal = {
        table.kind: sought.kind,
        table.actor: sought.actor,
        table.subject: sought.subject,
        table.organisation: sought.organisation,
    }
    found = [column == value for column, value in equal.items() if value is not None]
    if sought.since is not None:
        found.append(table.at >= sought.since)
    if sought.until is not None:
        found.append(table.at < sought.until)
    return found


def _link(row: Row[Any]) -> ChainedEntry:
    entry = Entry(
        kind=row.kind,
        at=row.at,
        actor=row.actor,
        subject=row.subject,
        organisation=row.organisation,
        acting_for=row.acting_for,
        address=row.address,
        request_id=row.request_id,
        facts=orjson.loads(row.facts),
    )
    return ChainedEntry(row.position, entry, row.previous, row.digest)
