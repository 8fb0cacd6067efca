"""Alerts and the settings by which they are told, inside one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, delete, select, update

from aiff_contracts.codec import dump_json, parse_json
from aiff_kit.db import upsert
from aiff_matching.shared.errors import NeedNotFoundError, StaleVersionError
from aiff_matching.shared.tables import alert, need, watch
from aiff_matching.watching.domain.alerts import Alert, AlertSettings
from aiff_matching.watching.domain.watched import Watcher

_MOST_IDS_A_STATEMENT = 500


class SqlAlerts:
    """Lines and settings in their tables."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def begin(self, need_id: UUID) -> None:
        """Insert the usual settings."""
        usual = _settings(AlertSettings())
        row = {"need_id": str(need_id), "settings": usual, "version": 1, "sequence": 0}
        self._connection.execute(watch.insert().values(row))

    def watcher(self, need_id: UUID, tenant: str) -> Watcher:
        """Return the tenant's own."""
        wanted = _watchers().where(need.c.id == need_id, need.c.tenant == tenant)
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            raise NeedNotFoundError(need_id)
        return _watcher(row)

    def watchers(self, needs: Iterable[UUID]) -> Mapping[UUID, Watcher]:
        """Read some by id."""
        rows = self._in(_watchers(), watch.c.need_id, needs)
        return {watcher.need_id: watcher for watcher in map(_watcher, rows)}

    def save_settings(self, watcher: Watcher) -> None:
        """Update the row if it still has the version before."""
        same = watch.c.need_id == str(watcher.need_id)
        change = update(watch).where(same & (watch.c.version == watcher.version - 1))
        values = {"settings": _settings(watcher.settings), "version": watcher.version}
        if self._connection.execute(change.values(values)).rowcount == 0:
            raise StaleVersionError(watcher.version)

    def page(
        self, need_id: UUID, after: str, limit: int, *, unread: bool = False
    ) -> Sequence[Alert]:
        """Return lines by id, the newest first."""
        wanted = select(alert).where(alert.c.need_id == str(need_id))
        if after:
            wanted = wanted.where(alert.c.id < after)
        if unread:
            wanted = wanted.where(alert.c.read_at.is_(None))
        rows = self._connection.execute(wanted.order_by(alert.c.id.desc()).limit(limit))
        return [_alert(row) for row in rows]

    def unread(self, needs: Iterable[UUID]) -> Sequence[Alert]:
        """Return the lines that are not read, and keep them from being read meanwhile."""
        wanted = select(alert).where(alert.c.read_at.is_(None)).with_for_update()
        return [_alert(row) for row in self._in(wanted, alert.c.need_id, needs)]

    def put(self, lines: Iterable[Alert]) -> None:
        """Insert or replace in one statement."""
        rows = [_row(line) for line in lines]
        if not rows:
            return
        insert = upsert(self._connection, alert)
        changed = {name: insert.excluded[name] for name in ("line", "due_at", "read_at")}
        again = insert.on_conflict_do_update(index_elements=[alert.c.id], set_=changed)
        self._connection.execute(again, rows)

    def remove(self, ids: Iterable[UUID]) -> None:
        """Delete lines by id."""
        for alert_id in ids:
            self._connection.execute(delete(alert).where(alert.c.id == alert_id))

    def due_needs(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Read by the index of what is due."""
        wanted = select(alert.c.need_id).where(alert.c.due_at <= now).distinct().limit(limit)
        return [UUID(str(need_id)) for need_id in self._connection.execute(wanted).scalars()]

    def count_events(self, sequences: Mapping[UUID, int]) -> None:
        """Note the number of each need's last event."""
        for need_id, sequence in sequences.items():
            own = update(watch).where(watch.c.need_id == str(need_id))
            self._connection.execute(own.values(sequence=sequence))

    def _in(self, wanted: Select[Any], column: Any, ids: Iterable[UUID]) -> Iterable[Row[Any]]:
        kept = [str(one_id) for one_id in ids]
        for start in range(0, len(kept), _MOST_IDS_A_STATEMENT):
            part = kept[start : start + _MOST_IDS_A_STATEMENT]
            yield from self._connection.execute(wanted.where(column.in_(part)))


def _watchers() -> Select[Any]:
    return select(watch, need.c.startup_id, need.c.tenant).join(need, need.c.id == watch.c.need_id)


def _watcher(row: Row[Any]) -> Watcher:
    return Watcher(
        need_id=UUID(str(row.need_id)),
        startup_id=UUID(str(row.startup_id)),
        tenant=row.tenant,
        settings=parse_json(AlertSettings, row.settings.encode()),
        version=row.version,
        sequence=row.sequence,
    )


def _settings(settings: AlertSettings) -> str:
    return dump_json(settings).decode()


def _alert(row: Row[Any]) -> Alert:
    return parse_json(Alert, row.line.encode())


def _row(line: Alert) -> dict[str, object]:
    return {
        "id": line.id,
        "need_id": str(line.need_id),
        "offer_id": line.offer_id,
        "line": dump_json(line).decode(),
        "due_at": line.due_at,
        "read_at": line.read_at,
    }
