"""The table of failed sign-ins."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from aiff_gateway.credentials.domain.waits import FORGOTTEN_AFTER, Counted, Tries
from aiff_gateway.shared.tables import CREDENTIAL_TRIES
from aiff_kit.db import upsert


class SqlTries:
    """The table of failed sign-ins."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def of(self, keys: Collection[str]) -> Mapping[str, Tries]:
        """Select, in one order: two sign-ins that count never wait for each other in a circle."""
        table = CREDENTIAL_TRIES
        wanted = select(table).where(table.c.key.in_(keys)).order_by(table.c.key)
        rows = self._connection.execute(wanted.with_for_update())
        return {row.key: _tries(row) for row in rows}

    def save(self, tries: Mapping[str, Tries], now: datetime) -> None:
        """Store, and drop what is too old to count, whoever's it is."""
        table = CREDENTIAL_TRIES
        self._connection.execute(table.delete().where(table.c.last_at <= now - FORGOTTEN_AFTER))
        for key, one in sorted(tries.items()):
            values = {
                "counted": one.counted.value,
                "failures": one.failures,
                "last_at": one.last_at,
            }
            added = upsert(self._connection, table).values(key=key, **values)
            self._connection.execute(
                added.on_conflict_do_update(index_elements=["key"], set_=values)
            )

    def forget(self, keys: Collection[str]) -> None:
        """Delete."""
        table = CREDENTIAL_TRIES
        self._connection.execute(table.delete().where(table.c.key.in_(keys)))


def _tries(row: Row[Any]) -> Tries:
    return Tries(counted=Counted(row.counted), failures=row.failures, last_at=row.last_at)
