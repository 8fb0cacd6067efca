"""The transaction that every use case owns."""

from types import TracebackType
from typing import Protocol, Self


class UnitOfWork(Protocol):
    """One transaction: nothing is kept unless it is committed. A capability adds its stores."""

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
        """Keep everything."""
