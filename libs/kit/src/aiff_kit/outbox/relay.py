"""The relay: takes committed events to the bus, oldest first."""

from collections.abc import Iterator
from contextlib import contextmanager

import orjson
from sqlalchemy import Engine, Row, Table, func, select

from aiff_kit.bus import Producer, Record

# Any constant of its own: one relay at a time may own the order of the events.
_RELAY_LOCK = 716_201_127


class Relay:
    """Forwards the outbox. An event is forgotten only after the bus has acknowledged it.

    A crash in between sends it again: consumers recognise it by its sequence.
    """

    def __init__(self, engine: Engine, outbox: Table, producer: Producer) -> None:
        """Keep the database, its outbox and where the events go."""
        self._engine = engine
        self._outbox = outbox
        self._producer = producer

    def forward(self, limit: int = 500) -> int:
        """Send up to `limit` events and return how many; BusUnavailableError sends none."""
        with self._ownership() as owned:
            if not owned:
                return 0
            rows = self._pending(limit)
            if rows:
                self._producer.send([_record(row) for row in rows])
                self._forget([row.position for row in rows])
            return len(rows)

    def waiting(self) -> int:
        """Count the events that have not left yet."""
        with self._engine.connect().execution_options(read_only=True) as connection:
            counted = connection.execute(select(func.count()).select_from(self._outbox))
            return int(counted.scalar_one())

    def _pending(self, limit: int) -> list[Row[tuple[object, ...]]]:
        ordered = select(self._outbox).order_by(self._outbox.c.position).limit(limit)
        with self._engine.connect().execution_options(read_only=True) as connection:
            return list(connection.execute(ordered))

    def _forget(self, positions: list[int]) -> None:
        """Remove exactly what was sent: a lower position may still commit later."""
        sent = self._outbox.delete().where(self._outbox.c.position.in_(positions))
        with self._engine.begin() as connection:
            connection.execute(sent)

    @contextmanager
    def _ownership(self) -> Iterator[bool]:
        """Hold PostgreSQL's advisory lock; a SQLite file has one worker process anyway."""
        if self._engine.dialect.name != "postgresql":
            yield True
            return
        with self._engine.connect() as connection:
            taken = connection.execute(select(func.pg_try_advisory_lock(_RELAY_LOCK)))
            owned = bool(taken.scalar_one())
            try:
                yield owned
            finally:
                if owned:
                    connection.execute(select(func.pg_advisory_unlock(_RELAY_LOCK)))


def _record(row: Row[tuple[object, ...]]) -> Record:
    return Record(row.topic, row.key, row.value, orjson.loads(row.headers))
