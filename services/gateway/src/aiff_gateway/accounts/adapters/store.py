"""The table of accounts."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.accounts.domain.errors import AccountExistsError
from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.mail.domain.letters import Language
from aiff_gateway.shared.tables import ACCOUNT

# The column holds a text: this one is the hash of nothing, for releases before this one too.
_NO_PASSWORD = "!"  # noqa: S105


class SqlAccounts:
    """The table of accounts."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(self, account: Account) -> None:
        """Insert; AccountExistsError where the e-mail is taken."""
        row = {
            "id": account.id,
            "email": account.email,
            "password_hash": account.password_hash or _NO_PASSWORD,
            "role": account.role.value,
            "organisation": account.organisation,
            # Releases long before this one took an account's scopes from here.
            "scopes": "",
            "created_at": account.created_at,
            "language": account.language,
        }
        try:
            self._connection.execute(ACCOUNT.insert().values(row))
        except IntegrityError as error:
            message = f"there is an account {account.email} already"
            raise AccountExistsError(message) from error

    def change(self, account: Account) -> None:
        """Update address, password and language; AccountExistsError where the e-mail is taken."""
        values = {
            "email": account.email,
            "password_hash": account.password_hash or _NO_PASSWORD,
            "language": account.language,
        }
        try:
            self._connection.execute(
                ACCOUNT.update().where(ACCOUNT.c.id == account.id).values(values)
            )
        except IntegrityError as error:
            message = "there is an account with this address already"
            raise AccountExistsError(message) from error

    def by_email(self, email: str) -> Account | None:
        """Find by e-mail."""
        return self._select(ACCOUNT.c.email == email)

    def get(self, account_id: UUID) -> Account | None:
        """Find by id."""
        return self._select(ACCOUNT.c.id == account_id)

    def all(self) -> Sequence[Account]:
        """Return all, by e-mail."""
        rows = self._connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.email))
        return [_account(row) for row in rows]

    def _select(self, condition: Any) -> Account | None:
        row = self._connection.execute(select(ACCOUNT).where(condition)).one_or_none()
        return None if row is None else _account(row)


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        email=row.email,
        password_hash=None if row.password_hash == _NO_PASSWORD else row.password_hash,
        role=Role(row.role),
        organisation=row.organisation,
        created_at=row.created_at,
        language=cast("Language", row.language),
    )
