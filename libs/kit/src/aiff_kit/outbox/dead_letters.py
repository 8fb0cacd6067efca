"""Records that could not be handled, kept with the reason in the consumer's own database.

The table is the truth: a record leaves it when it was handled after all, or when an operator
discards it. Each failure is also shown on the topic of dead letters, by way of the outbox, so none
is shown that is not kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
import structlog
from sqlalchemy import Connection, Engine, Row, Select, Table, func, select

from aiff_contracts.events import dead_letter_topic
from aiff_kit.bus import LARGEST_RECORD, Delivered, Record
from aiff_kit.clock import utc_now
from aiff_kit.outbox.writer import append_record

_LONGEST_KEY = 120
_LONGEST_REASON = 2000
# A header of ours must not need more of a record than the bus leaves beside its own limit.
_LONGEST_HEADER_REASON = 500

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A record that a consumer (group) could not handle, and why at the last attempt."""

    id: int
    consumer: str
    delivered: Delivered
    reason: str
    failed_at: datetime

    @property
    def reference(self) -> str:
        """Return the name by which an operator calls it, unique over all services."""
        return f"{self.consumer}/{self.id}"


class DeadLetters:
    """Keeps the dead letters of a service; each call is a transaction of its own."""

    def __init__(self, engine: Engine, table: Table, outbox: Table) -> None:
        """Keep the database, its table and the outbox that shows them."""
        self._engine = engine
        self._table = table
        self._outbox = outbox

    def park(self, consumer: str, delivered: Delivered, reason: str) -> None:
        """Keep the record of a consumer with the reason; the same record again changes that."""
        with self._engine.begin() as connection:
            known = connection.execute(self._same(consumer, delivered)).scalar()
            if known is None:
                row = _row(consumer, delivered, reason)
                connection.execute(self._table.insert().values(row))
            else:
                self._change_reason(connection, known, reason)
            self._show(connection, consumer, delivered, reason)
        # The reason may quote the event: the table has it, the log has its kind.
        kind, topic = reason.partition(":")[0], delivered.record.topic
        _log.error("event parked", consumer=consumer, topic=topic, reason=kind)

    def all(self, consumer: str | None = None) -> Sequence[DeadLetter]:
        """Return what is parked, oldest first, of one consumer or of all."""
        wanted = select(self._table).order_by(self._table.c.id)
        if consumer is not None:
            wanted = wanted.where(self._table.c.consumer == consumer)
        return self._found(wanted)

    def find(self, reference: str) -> DeadLetter | None:
        """Return the dead letter of a reference, None where there is none (any more)."""
        consumer, _, number = reference.rpartition("/")
        if not number.isascii() or not number.isdigit():
            return None
        is_it = (self._table.c.consumer == consumer) & (self._table.c.id == int(number))
        return next(iter(self._found(select(self._table).where(is_it))), None)

    def counts(self) -> Mapping[str, int]:
        """Count the dead letters of each consumer that has any."""
        consumer = self._table.c.consumer
        counted = select(consumer, func.count()).group_by(consumer)
        with self._engine.connect().execution_options(read_only=True) as connection:
            return {name: int(number) for name, number in connection.execute(counted)}

    def settle(self, letter: DeadLetter) -> None:
        """Forget a dead letter whose record was handled after all."""
        with self._engine.begin() as connection:
            connection.execute(self._table.delete().where(self._table.c.id == letter.id))

    def failed_again(self, letter: DeadLetter, reason: str) -> None:
        """Keep a dead letter with the reason of the newest attempt."""
        with self._engine.begin() as connection:
            self._change_reason(connection, letter.id, reason)
            self._show(connection, letter.consumer, letter.delivered, reason)

    def discard(self, letter: DeadLetter, because: str) -> None:
        """Forget a dead letter that nobody will ever handle.

        The topic of dead letters keeps it, with why somebody decided so.
        """
        shown = _shown(letter.consumer, letter.delivered, letter.reason)
        why = {"dead-letter-discarded": _storable(because)[:_LONGEST_HEADER_REASON]}
        record = replace(shown, headers={**shown.headers, **why})
        with self._engine.begin() as connection:
            append_record(connection, self._outbox, record)
            connection.execute(self._table.delete().where(self._table.c.id == letter.id))

    def _found(self, wanted: Select[Any]) -> Sequence[DeadLetter]:
        with self._engine.connect().execution_options(read_only=True) as connection:
            return [_letter(row) for row in connection.execute(wanted)]

    def _same(self, consumer: str, delivered: Delivered) -> Select[Any]:
        """Find the record: a process that died before its commit gets it a second time."""
        table = self._table.c
        return select(table.id).where(
            table.consumer == consumer,
            table.topic == delivered.record.topic,
            table.partition == delivered.partition,
            table.offset == delivered.offset,
            table.headers == _headers(delivered.record),
        )

    def _change_reason(self, connection: Connection, letter_id: int, reason: str) -> None:
        is_it = self._table.c.id == letter_id
        values = {"reason": _storable(reason)[:_LONGEST_REASON]}
        connection.execute(self._table.update().where(is_it).values(values))

    def _show(
        self, connection: Connection, consumer: str, delivered: Delivered, reason: str
    ) -> None:
        append_record(connection, self._outbox, _shown(consumer, delivered, reason))


def _row(consumer: str, delivered: Delivered, reason: str) -> dict[str, Any]:
    record = delivered.record
    return {
        "consumer": consumer,
        "topic": record.topic,
        "partition": delivered.partition,
        "offset": delivered.offset,
        "key": _storable(record.key)[:_LONGEST_KEY],
        "headers": _headers(record),
        "value": record.value,
        "reason": _storable(reason)[:_LONGEST_REASON],
        "failed_at": utc_now(),
    }


def _letter(row: Row[Any]) -> DeadLetter:
    record = Record(row.topic, row.key, row.value, orjson.loads(row.headers))
    return DeadLetter(
        id=row.id,
        consumer=row.consumer,
        delivered=Delivered(record, row.partition, row.offset),
        reason=row.reason,
        failed_at=row.failed_at,
    )


def _shown(consumer: str, delivered: Delivered, reason: str) -> Record:
    """Return the record for the topic of dead letters: the same one, with what happened to it.

    One that leaves no room for that is shown without its value, which the table has.
    """
    record = delivered.record
    what = {
        "dead-letter-consumer": consumer,
        "dead-letter-topic": record.topic,
        "dead-letter-partition": str(delivered.partition),
        "dead-letter-offset": str(delivered.offset),
        "dead-letter-reason": _storable(reason)[:_LONGEST_HEADER_REASON],
    }
    topic, key = dead_letter_topic(record.topic), _storable(record.key)[:_LONGEST_KEY]
    if len(record.value) + len(_headers(record)) <= LARGEST_RECORD:
        return Record(topic, key, record.value, {**record.headers, **what})
    return Record(topic, key, b"", {**what, "dead-letter-value": "too large to be shown"})


def _headers(record: Record) -> str:
    return orjson.dumps(dict(record.headers)).decode()


def _storable(text: str) -> str:
    """Show the one character that PostgreSQL does not store."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
