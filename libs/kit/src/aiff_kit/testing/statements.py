"""Counting SQL statements, to hold list pages to a constant number."""

from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, event


class StatementCounter:
    """Counts the statements that an engine runs inside a `with` block."""

    def __init__(self, engine: Engine) -> None:
        """Watch this engine."""
        self._engine = engine
        self.statements: list[str] = []

    def __enter__(self) -> Self:
        """Begin to listen."""
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.statements.append(statement)
