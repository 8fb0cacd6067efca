"""The outbox inside a transaction."""

from dataclasses import replace

from sqlalchemy import Connection

from aiff_catalog.shared.tables import outbox
from aiff_contracts.events import STATE_TOPICS, Event
from aiff_kit.bus import record_of
from aiff_kit.outbox import append, append_record


class SqlEventLog:
    """Events that leave with the transaction."""

    def __init__(self, connection: Connection) -> None:
        """Write with this connection."""
        self._connection = connection

    def append(self, event: Event) -> None:
        """Add an event to the outbox."""
        append(self._connection, outbox, event)

    def restate(self, event: Event) -> None:
        """Add it for the topic of states alone."""
        record = record_of(event)
        append_record(self._connection, outbox, replace(record, topic=STATE_TOPICS[record.topic]))
