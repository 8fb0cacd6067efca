"""The log of shown verdicts, inside one transaction."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, delete

from aiff_matching.answers.domain.decisions import ShownDecision
from aiff_matching.shared.tables import decision


class SqlDecisions:
    """The log of shown verdicts."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def record(self, decisions: Iterable[ShownDecision]) -> None:
        """Insert all in one statement."""
        rows = [asdict(item) for item in decisions]
        if rows:
            self._connection.execute(decision.insert(), rows)


def forget_decisions(connection: Connection, needs: Select[Any]) -> None:
    """Delete what was shown for needs that go."""
    connection.execute(delete(decision).where(decision.c.need_id.in_(needs)))
