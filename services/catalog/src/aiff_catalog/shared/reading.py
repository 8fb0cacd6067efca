"""Reading without an ORM: constant statements, the same on SQLite and PostgreSQL.

Values are numbered `?1`, `?2`; PostgreSQL writes `$1`, `$2`.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Protocol


class DatabaseReader(Protocol):
    """Reads rows; DatabaseUnavailableError where the database does not answer in time."""

    async def rows(self, statement: str, *values: object) -> Sequence[Any]:
        """Return all rows of a statement."""

    async def row(self, statement: str, *values: object) -> Any:
        """Return the first row of a statement, None where there is none."""

    async def close(self) -> None:
        """Close what is open."""


def instant(stored: str | datetime) -> datetime:
    """Return an instant; SQLite keeps it as text without its zone, which is UTC."""
    if isinstance(stored, datetime):
        return stored
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def optional_instant(stored: str | datetime | None) -> datetime | None:
    """Return an instant, None where there is none."""
    return None if stored is None else instant(stored)
