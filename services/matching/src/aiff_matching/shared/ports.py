"""What every use case needs of the outside, in plain values."""

from types import TracebackType
from typing import Protocol, Self

from aiff_contracts.events import Event


class Events(Protocol):
    """The outbox: an event leaves if and only if the transaction commits."""

    def append(self, event: Event) -> None:
        """Add an event."""


class Inbox(Protocol):
    """Which events were handled already."""

    def seen(self, event: Event) -> bool:
        """Tell whether this event or a newer one of its key was handled; else note it."""


class Work(Protocol):
    """One transaction: leaving without `commit` undoes everything.

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
        """Undo what was not committed."""

    def commit(self) -> None:
        """Make everything durable at once."""
