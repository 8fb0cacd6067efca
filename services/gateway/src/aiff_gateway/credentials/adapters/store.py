"""The table of credentials."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, select

from aiff_gateway.accounts.adapters.store import SqlAccounts
from aiff_gateway.credentials.application.ports import KnownCredential, Standings, rights_of
from aiff_gateway.credentials.domain.credentials import Credential, CredentialKind
from aiff_gateway.credentials.domain.sessions import Client
from aiff_gateway.shared.errors import StorageUnavailableError
from aiff_gateway.shared.tables import CREDENTIAL, scopes_of, text_of
from aiff_kit.db import DATABASE_AWAY

_AWAY = "the database of the gateway does not answer"


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
            "scopes": text_of(credential.scopes),
            "created_at": credential.created_at,
            "expires_at": credential.expires_at,
            "client": credential.client.value,
            "address": credential.address,
            "authenticated_at": credential.authenticated_at,
        }
        self._connection.execute(CREDENTIAL.insert().values(row))

    def get(self, credential_id: UUID) -> Credential | None:
        """Find by id."""
        wanted = select(CREDENTIAL).where(CREDENTIAL.c.id == credential_id)
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else _credential(row)

    def by_digest(self, digest: str) -> Credential | None:
        """Find by the digest of the token."""
        wanted = select(CREDENTIAL).where(CREDENTIAL.c.digest == digest)
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

    def live_sessions(self, subject: UUID, now: datetime) -> Sequence[Credential]:
        """Return an account's sessions that have not ended; ids are in order of time."""
        wanted = (
            select(CREDENTIAL)
            .where(
                CREDENTIAL.c.subject == subject,
                CREDENTIAL.c.kind == CredentialKind.SESSION.value,
                CREDENTIAL.c.revoked_at.is_(None),
                CREDENTIAL.c.expires_at > now,
            )
            .order_by(CREDENTIAL.c.id.desc())
        )
        found = (_credential(row) for row in self._connection.execute(wanted))
        return [one for one in found if one.is_live(now)]

    def keys_of(self, organisation: str) -> Sequence[Credential]:
        """Return an organisation's keys; ids are in order of time."""
        of_kind = CREDENTIAL.c.kind == CredentialKind.API_KEY.value
        wanted = (
            select(CREDENTIAL)
            .where(CREDENTIAL.c.organisation == organisation, of_kind)
            .order_by(CREDENTIAL.c.id.desc())
        )
        return [_credential(row) for row in self._connection.execute(wanted)]

    def keys_ending(self, after: datetime, before: datetime) -> Sequence[Credential]:
        """Return keys by their end."""
        ends = CREDENTIAL.c.expires_at
        wanted = (
            select(CREDENTIAL)
            .where(CREDENTIAL.c.kind == CredentialKind.API_KEY.value, ends > after, ends < before)
            .where(CREDENTIAL.c.revoked_at.is_(None))
            .order_by(ends, CREDENTIAL.c.id)
        )
        return [_credential(row) for row in self._connection.execute(wanted)]

    def revoke(self, credential: Credential) -> None:
        """Store the time of revocation."""
        changed = {"revoked_at": credential.revoked_at}
        self._change(credential.id, changed)

    def retime(self, key: Credential) -> None:
        """Store the time of its end."""
        self._change(key.id, {"expires_at": key.expires_at})

    def hand_over(self, key: Credential) -> None:
        """Store in whose name it acts."""
        self._change(key.id, {"subject": key.subject})

    def note_use(self, credential_id: UUID, at: datetime) -> None:
        """Store the time of the last use only: a revocation meanwhile must not be undone."""
        self._change(credential_id, {"last_used_at": at})

    def _change(self, credential_id: UUID, values: dict[str, Any]) -> None:
        change = CREDENTIAL.update().where(CREDENTIAL.c.id == credential_id).values(values)
        self._connection.execute(change)


class SqlCredentialLookup:
    """Finds a credential and its owner's rights without taking the write lock."""

    def __init__(self, engine: Engine, standings: Callable[[Connection], Standings]) -> None:
        """Keep the engine, and how what accounts may do is read on a connection."""
        self._engine = engine
        self._standings = standings

    def __call__(self, digest: str) -> KnownCredential | None:
        """Return both, or None where no credential has this digest."""
        try:
            with self._engine.connect().execution_options(read_only=True) as connection:
                return self._look_up(connection, digest)
        except DATABASE_AWAY as error:
            raise StorageUnavailableError(_AWAY) from error

    def _look_up(self, connection: Connection, digest: str) -> KnownCredential | None:
        credential = SqlCredentials(connection).by_digest(digest)
        if credential is None:
            return None
        account = SqlAccounts(connection).get(credential.subject)
        if account is None:
            return None
        rights = rights_of(credential, account, self._standings(connection))
        return KnownCredential(credential, rights)


def _credential(row: Row[Any]) -> Credential:
    return Credential(
        id=row.id,
        kind=CredentialKind(row.kind),
        name=row.name,
        prefix=row.prefix,
        digest=row.digest,
        subject=row.subject,
        organisation=row.organisation,
        scopes=scopes_of(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
        client=Client(row.client),
        address=row.address,
        authenticated_at=row.authenticated_at,
    )
