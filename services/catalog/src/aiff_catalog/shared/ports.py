"""What every unit of work is: a transaction, and the events that leave with it."""

from types import TracebackType
from typing import Protocol, Self

from aiff_contracts.events import Event

# Who the service's events are from.
SOURCE = "/services/catalog"


class EventLog(Protocol):
    """Events that leave with the transaction."""

    def append(self, event: Event) -> None:
        """Add an event."""

    def restate(self, event: Event) -> None:
        """Add what is no news to the topic of states alone."""


class UnitOfWork(Protocol):
    """One transaction; leaving it without `commit` undoes everything.

    Each capability adds the stores that its use cases see.
    """

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End; what was not committed is undone."""

    def commit(self) -> None:
        """Make everything durable at once, events included."""
