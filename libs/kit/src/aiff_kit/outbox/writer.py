"""Writing to the outbox and asking the inbox, inside the caller's transaction."""

import orjson
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from aiff_contracts.events import Event
from aiff_kit.bus import LARGEST_RECORD, record_of
from aiff_kit.clock import utc_now


class EventTooLargeError(ValueError):
    """No bus carries an event of this size."""


def append(connection: Connection, outbox: Table, event: Event) -> None:
    """Add an event to the outbox: it leaves if and only if the transaction commits.

    Raises EventTooLargeError here, where the writer learns of it: in the outbox such an event
    would keep all that follow from leaving.
    """
    record = record_of(event)
    headers = orjson.dumps(dict(record.headers)).decode()
    size = len(record.value) + len(headers)
    if size > LARGEST_RECORD:
        raise EventTooLargeError(f"an event of {size} bytes is larger than {LARGEST_RECORD}")
    row = {
        "event_id": event.id,
        "topic": record.topic,
        "key": record.key,
        "headers": headers,
        "value": record.value,
        "created_at": event.time,
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
