"""The outbox and the inbox, inside one transaction."""

from sqlalchemy import Connection

from aiff_contracts.events import Event
from aiff_kit.outbox import append, seen
from aiff_matching.shared.tables import (
    inbox,
    outbox,
)


class SqlInbox:
    """The events that a consumer has handled."""

    def __init__(self, connection: Connection, consumer: str) -> None:
        """Work inside this connection's transaction for one consumer."""
        self._connection = connection
        self._consumer = consumer

    def seen(self, event: Event) -> bool:
        """Ask and note in one statement."""
        return seen(self._connection, inbox, self._consumer, event)


class SqlEvents:
    """The outbox inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def append(self, event: Event) -> None:
        """Add an event to the outbox."""
        append(self._connection, outbox, event)
