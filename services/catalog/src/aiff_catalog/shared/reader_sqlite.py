"""The read side on SQLite: direct calls on one read-only connection, constant statements.

A point query takes tens of microseconds, less than handing it to another thread would.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiff_catalog.shared.errors import DatabaseUnavailableError


class SqliteReader:
    """Reads the catalogue's file; it is opened with the first question."""

    def __init__(self, path: Path) -> None:
        """Keep the file's name."""
        self._path = path
        self._connection: sqlite3.Connection | None = None

    async def rows(self, statement: str, *values: object) -> Sequence[Any]:
        """Return all rows of a statement."""
        try:
            return self._open().execute(statement, [_stored(value) for value in values]).fetchall()
        except sqlite3.OperationalError as error:
            raise DatabaseUnavailableError from error

    async def row(self, statement: str, *values: object) -> Any:
        """Return the first row of a statement."""
        rows = await self.rows(statement, *values)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            address = f"{self._path.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        return self._connection


def _stored(value: object) -> object:
    """Return an instant in the form in which SQLite holds it; anything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value
