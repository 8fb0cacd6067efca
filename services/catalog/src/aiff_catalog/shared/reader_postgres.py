"""The read side on PostgreSQL: asyncpg with its own pool, constant statements kept prepared.

One row by its key costs a third of what SQLAlchemy would add to the same driver, and this is
the path that every reader takes; writes go through SQLAlchemy and psycopg.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url

from aiff_catalog.shared.errors import DatabaseUnavailableError

_POOL = 10
_SECONDS_TO_CONNECT = 3.0
_SECONDS_TO_ANSWER = 5.0
# The server itself gives up a moment before the client does, so that no query goes on unread.
_SERVER = {"statement_timeout": "4500", "application_name": "aiff-catalog-reads"}
# A connection that ended, because the server did: the next one of the pool is a new one.
_ENDED = (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, ConnectionError)
_AWAY = (
    *_ENDED,
    OSError,
    TimeoutError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
)


class PostgresReader:
    """Reads the catalogue's database; the pool is opened with the first question."""

    def __init__(self, url: str) -> None:
        """Keep the address, in the form that SQLAlchemy takes."""
        parsed = make_url(url).set(drivername="postgresql")
        self._address = parsed.render_as_string(hide_password=False)
        self._pool: Any = None
        self._opening = asyncio.Lock()

    async def rows(self, statement: str, *values: object) -> Sequence[Any]:
        """Ask once more where the connection had ended, as all do when the server restarts."""
        numbered = statement.replace("?", "$")
        try:
            try:
                return await self._fetch(numbered, values)
            except _ENDED:
                return await self._fetch(numbered, values)
        except _AWAY as error:
            raise DatabaseUnavailableError from error

    async def row(self, statement: str, *values: object) -> Any:
        """Return the first row of a statement."""
        rows = await self.rows(statement, *values)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Close the connections, those in use too."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    async def _fetch(self, statement: str, values: tuple[object, ...]) -> Sequence[Any]:
        pool = self._pool or await self._open()
        async with pool.acquire(timeout=_SECONDS_TO_CONNECT) as connection:
            rows: Sequence[Any] = await connection.fetch(statement, *values)
        return rows

    async def _open(self) -> Any:
        """Open the pool, without a connection yet: the first question makes the first one."""
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._address,
                    min_size=0,
                    max_size=_POOL,
                    timeout=_SECONDS_TO_CONNECT,
                    command_timeout=_SECONDS_TO_ANSWER,
                    server_settings=_SERVER,
                )
        return self._pool
