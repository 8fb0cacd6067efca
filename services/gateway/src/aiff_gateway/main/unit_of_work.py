"""The gateway's transaction, composed of the stores of its capabilities."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from aiff_gateway.accounts.adapters.store import SqlAccounts
from aiff_gateway.credentials.adapters import SqlCredentials
from aiff_gateway.shared.errors import StorageUnavailableError
from aiff_kit.db import DATABASE_AWAY

_AWAY = "the database of the gateway does not answer"


class SqlUnitOfWork:
    """A transaction on the gateway's database."""

    accounts: SqlAccounts
    credentials: SqlCredentials

    def __init__(self, engine: Engine) -> None:
        """Keep the engine; the transaction begins with the `with` block."""
        self._engine = engine

    def __enter__(self) -> Self:
        """Begin."""
        try:
            self._connection = self._engine.connect()
            self._connection.begin()
        except DATABASE_AWAY as error:
            raise StorageUnavailableError(_AWAY) from error
        self.accounts = SqlAccounts(self._connection)
        self.credentials = SqlCredentials(self._connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed; a database that is away is told in the domain's terms."""
        self._connection.close()
        if isinstance(error, DATABASE_AWAY):
            raise StorageUnavailableError(_AWAY) from error

    def commit(self) -> None:
        """Keep everything."""
        self._connection.commit()
