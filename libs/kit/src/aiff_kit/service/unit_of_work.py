"""The unit of work that every service's use cases open."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import ClassVar, Self

from sqlalchemy import Connection, Engine

from aiff_kit.db import DATABASE_AWAY, Transaction


class UnitOfWork(ABC):
    """A transaction with the stores of a service; leaving it without `commit` undoes all.

    A service derives one class, whose `_open` gives the stores; a use case sees those of its own
    capability, as a protocol.
    """

    # The service's own error for a database that is away; without one the driver's goes through.
    unavailable: ClassVar[type[Exception] | None] = None

    def __init__(self, engine: Engine) -> None:
        """Keep the engine; the transaction begins with the `with` block."""
        self._engine = engine

    @abstractmethod
    def _open(self, connection: Connection) -> None:
        """Make the stores on the connection of the transaction."""

    def __enter__(self) -> Self:
        """Begin."""
        try:
            self._transaction = Transaction(self._engine)
        except DATABASE_AWAY as error:
            self._tell(error)
            raise
        self._open(self._transaction.connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed and give the connection back."""
        self._transaction.close()
        if isinstance(error, DATABASE_AWAY):
            self._tell(error)

    def commit(self) -> None:
        """Make everything durable at once."""
        self._transaction.commit()

    def _tell(self, error: BaseException) -> None:
        if self.unavailable is not None:
            raise self.unavailable("the database does not answer") from error
