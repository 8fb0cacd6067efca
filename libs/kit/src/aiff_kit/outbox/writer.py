"""Writing to the outbox and asking the inbox, inside the caller's transaction."""

from dataclasses import replace
from uuid import UUID

import orjson
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from aiff_contracts.events import Event
from aiff_kit.bus import LARGEST_RECORD, Record, record_of
from aiff_kit.clock import utc_now
from aiff_kit.ids import new_id
from aiff_kit.observability import current_traceparent


class EventTooLargeError(ValueError):
    """No bus carries an event of this size."""


def append(connection: Connection, outbox: Table, event: Event) -> None:
    """Add an event to the outbox: it leaves if and only if the transaction commits.

    Raises EventTooLargeError here, where the writer learns of it: in the outbox such an event
    would keep all that follow from leaving. An event without a trace gets that of what is being
    done. Its place in the outbox is dated by the real clock: its age there is how late it is.
    """
    record = record_of(replace(event, traceparent=event.traceparent or current_traceparent()))
    size = len(record.value) + len(orjson.dumps(dict(record.headers)))
    if size > LARGEST_RECORD:
        raise EventTooLargeError(f"an event of {size} bytes is larger than {LARGEST_RECORD}")
    _insert(connection, outbox, record, event.id)


def append_record(connection: Connection, outbox: Table, record: Record) -> None:
    """Add a record that is no new event: it shows one that exists to other readers."""
    _insert(connection, outbox, record, new_id())


def _insert(connection: Connection, outbox: Table, record: Record, event_id: UUID) -> None:
    row = {
        "event_id": event_id,
        "topic": record.topic,
        "key": record.key,
        "headers": orjson.dumps(dict(record.headers)).decode(),
        "value": record.value,
        "created_at": utc_now(),
    }
    connection.execute(outbox.insert().values(row))


def seen(connection: Connection, inbox: Table, consumer: str, event: Event) -> bool:
    """Tell whether this consumer has handled this event or a newer one of its key.

    When it has not, the event's sequence is noted in the same transaction, so that a duplicate
    or a late one is recognised exactly when this one took effect.
    """
    dialect = connection.dialect.name
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(inbox)
    note = insert.values(
        consumer=consumer,
        key=event.key,
        sequence=event.sequence,
        event_id=event.id,
        handled_at=utc_now(),
    )
    newer = note.on_conflict_do_update(
        index_elements=[inbox.c.consumer, inbox.c.key],
        set_={
            "sequence": note.excluded.sequence,
            "event_id": note.excluded.event_id,
            "handled_at": note.excluded.handled_at,
        },
        where=inbox.c.sequence < note.excluded.sequence,
    )
    # A row comes back only when it was written; drivers disagree on counting such rows.
    return connection.execute(newer.returning(inbox.c.sequence)).first() is None
