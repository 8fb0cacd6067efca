"""The relay: takes committed events to the bus, oldest first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import orjson
from opentelemetry.trace import SpanKind
from sqlalchemy import Connection, Engine, Row, Table, func, select

from aiff_contracts.events import STATE_TOPICS
from aiff_kit.bus import TRACEPARENT, Producer, Record
from aiff_kit.observability import traced_together
from aiff_kit.outbox.depth import OutboxDepth

# Any constant of its own: one relay at a time may own the order of the events.
_RELAY_LOCK = 716_201_127


class Relay:
    """Forwards the outbox. An event is forgotten only after the bus has acknowledged it.

    A crash in between sends it again: consumers recognise it by its sequence. Where a topic has
    a topic of states, each event goes there too.
    """

    def __init__(self, engine: Engine, outbox: Table, producer: Producer) -> None:
        """Keep the database, its outbox and where the events go."""
        self._engine = engine
        self._outbox = outbox
        self._producer = producer

    def forward(self, limit: int = 500) -> int:
        """Send up to `limit` events and return how many.

        Raises BusUnavailableError when the bus did not take them: then all of them stay.
        """
        if self._engine.dialect.name == "postgresql":
            return self._forward_as_owner(limit)
        with self._reading() as connection:
            rows = self._pending(connection, limit)
        # Nothing is locked while the bus answers: a slow bus must not keep writers waiting.
        if rows:
            self._send(rows)
            with self._engine.begin() as connection:
                self._forget(connection, rows)
        return len(rows)

    def waiting(self) -> int:
        """Count the events that have not left yet."""
        return OutboxDepth(self._engine, self._outbox).waiting()

    def _forward_as_owner(self, limit: int) -> int:
        """Forward in one transaction that holds the lock of the order.

        The lock ends with the transaction and so also with this process or its connection. It
        locks no row: writers are never kept waiting. (A SQLite file has one worker anyway.)
        """
        with self._engine.begin() as connection:
            taken = connection.execute(select(func.pg_try_advisory_xact_lock(_RELAY_LOCK)))
            rows = self._pending(connection, limit) if taken.scalar_one() else []
            if rows:
                self._send(rows)
                self._forget(connection, rows)
            return len(rows)

    def _pending(self, connection: Connection, limit: int) -> list[Row[tuple[object, ...]]]:
        columns = self._outbox.c
        needed = select(
            columns.position, columns.topic, columns.key, columns.headers, columns.value
        )
        return list(connection.execute(needed.order_by(columns.position).limit(limit)))

    def _send(self, rows: list[Row[tuple[object, ...]]]) -> None:
        records = [_record(row) for row in rows]
        states = [
            replace(record, topic=STATE_TOPICS[record.topic])
            for record in records
            if record.topic in STATE_TOPICS
        ]
        traces = (record.headers.get(TRACEPARENT) for record in records)
        with traced_together("send events", SpanKind.PRODUCER, traces, {}):
            # The states first: who has an event of a topic finds it among the states.
            self._producer.send([*states, *records])

    def _forget(self, connection: Connection, rows: list[Row[tuple[object, ...]]]) -> None:
        """Remove exactly what was sent: a lower position may still commit later."""
        position = self._outbox.c.position
        connection.execute(self._outbox.delete().where(position.in_([row[0] for row in rows])))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect().execution_options(read_only=True) as connection:
            yield connection


def _record(row: Row[tuple[object, ...]]) -> Record:
    return Record(row.topic, row.key, row.value, orjson.loads(row.headers))
