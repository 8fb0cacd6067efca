"""Accounts and credentials in a database, one transaction at a time."""

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, select
from sqlalchemy.exc import IntegrityError

from aiff_gateway.adapters.tables import ACCOUNT, CREDENTIAL
from aiff_gateway.application.ports import Accounts, Credentials
from aiff_gateway.domain.accounts import Account, Role
from aiff_gateway.domain.credentials import Credential, CredentialKind
from aiff_gateway.domain.errors import AccountExistsError, StorageUnavailableError
from aiff_kit.db import DATABASE_AWAY

_AWAY = "the database of the gateway does not answer"


class SqlUnitOfWork:
    """A transaction on the gateway's database."""

    accounts: Accounts
    credentials: Credentials

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
            "password_hash": account.password_hash,
            "role": account.role.value,
            "organisation": account.organisation,
            "scopes": _text(account.scopes),
            "created_at": account.created_at,
        }
        try:
            self._connection.execute(ACCOUNT.insert().values(row))
        except IntegrityError as error:
            message = f"there is an account {account.email} already"
            raise AccountExistsError(message) from error

    def by_email(self, email: str) -> Account | None:
        """Find by e-mail."""
        return self._one(ACCOUNT.c.email == email)

    def get(self, account_id: UUID) -> Account | None:
        """Find by id."""
        return self._one(ACCOUNT.c.id == account_id)

    def all(self) -> Sequence[Account]:
        """Return all, by e-mail."""
        rows = self._connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.email))
        return [_account(row) for row in rows]

    def _one(self, condition: Any) -> Account | None:
        row = self._connection.execute(select(ACCOUNT).where(condition)).one_or_none()
        return None if row is None else _account(row)


class SqlCredentials:
    """The table of credentials."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(self, credential: Credential) -> None:
        """Insert."""
        row = {
            "id": credential.id,
            "kind": credential.kind.value,
            "name": credential.name,
            "prefix": credential.prefix,
            "digest": credential.digest,
            "subject": credential.subject,
            "organisation": credential.organisation,
            "scopes": _text(credential.scopes),
            "created_at": credential.created_at,
            "expires_at": credential.expires_at,
        }
        self._connection.execute(CREDENTIAL.insert().values(row))

    def get(self, credential_id: UUID) -> Credential | None:
        """Find by id."""
        wanted = select(CREDENTIAL).where(CREDENTIAL.c.id == credential_id)
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else _credential(row)

    def of(self, subject: UUID, kind: CredentialKind) -> Sequence[Credential]:
        """Return an account's credentials of a kind; ids are in order of time."""
        wanted = (
            select(CREDENTIAL)
            .where(CREDENTIAL.c.subject == subject, CREDENTIAL.c.kind == kind.value)
            .order_by(CREDENTIAL.c.id.desc())
        )
        return [_credential(row) for row in self._connection.execute(wanted)]

    def revoke(self, credential: Credential) -> None:
        """Store the time of revocation."""
        changed = {"revoked_at": credential.revoked_at}
        self._change(credential.id, changed)

    def note_use(self, credential_id: UUID, at: datetime) -> None:
        """Store the time of the last use only: a revocation meanwhile must not be undone."""
        self._change(credential_id, {"last_used_at": at})

    def _change(self, credential_id: UUID, values: dict[str, Any]) -> None:
        change = CREDENTIAL.update().where(CREDENTIAL.c.id == credential_id).values(values)
        self._connection.execute(change)


class SqlCredentialLookup:
    """Finds a credential and its account without taking the write lock."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine

    def __call__(self, digest: str) -> tuple[Credential, Account] | None:
        """Return both, or None where no credential has this digest."""
        try:
            with self._engine.connect().execution_options(read_only=True) as connection:
                return _found(connection, digest)
        except DATABASE_AWAY as error:
            raise StorageUnavailableError(_AWAY) from error


def _found(connection: Connection, digest: str) -> tuple[Credential, Account] | None:
    wanted = select(CREDENTIAL).where(CREDENTIAL.c.digest == digest)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    account = SqlAccounts(connection).get(row.subject)
    return None if account is None else (_credential(row), account)


def _account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        email=row.email,
        password_hash=row.password_hash,
        role=Role(row.role),
        organisation=row.organisation,
        scopes=_set(row.scopes),
        created_at=row.created_at,
    )


def _credential(row: Row[Any]) -> Credential:
    return Credential(
        id=row.id,
        kind=CredentialKind(row.kind),
        name=row.name,
        prefix=row.prefix,
        digest=row.digest,
        subject=row.subject,
        organisation=row.organisation,
        scopes=_set(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )


def _text(scopes: frozenset[str]) -> str:
    return " ".join(sorted(scopes))


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())
