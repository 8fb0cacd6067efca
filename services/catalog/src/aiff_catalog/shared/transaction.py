"""One transaction on SQLAlchemy Core, and the outbox inside it."""

from abc import ABC, abstractmethod
from dataclasses import replace
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as NoConnectionInTimeError

from aiff_catalog.shared.errors import DatabaseUnavailableError
from aiff_catalog.shared.tables import outbox
from aiff_contracts.events import STATE_TOPICS, Event
from aiff_kit.bus import record_of
from aiff_kit.db import Transaction
from aiff_kit.outbox import append, append_record


class SqlTransaction(ABC):
    """Opens a connection on entering; leaving without `commit` rolls everything back."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine

    @abstractmethod
    def opened(self, connection: Connection) -> None:
        """Make the stores that work with this connection."""

    def __enter__(self) -> Self:
        """Begin the transaction; all connections busy for long is an outage too."""
        try:
            self._transaction = Transaction(self._engine)
        except NoConnectionInTimeError as error:
            raise DatabaseUnavailableError from error
        self.opened(self._transaction.connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed and give the connection back."""
        self._transaction.close()

    def commit(self) -> None:
        """Make everything durable at once."""
        self._transaction.commit()


class SqlEventLog:
    """The outbox inside a transaction."""

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
