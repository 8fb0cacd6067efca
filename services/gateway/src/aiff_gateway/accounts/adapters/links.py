"""The table of links."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, func, select

from aiff_gateway.accounts.domain.links import Link, LinkKind
from aiff_gateway.mail.domain.letters import Language
from aiff_gateway.shared.account_tables import ACCOUNT_LINK


class SqlLinks:
    """The table of links."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(self, link: Link) -> None:
        """Insert, and drop what has expired, whoever's it is."""
        table = ACCOUNT_LINK
        self._connection.execute(table.delete().where(table.c.expires_at <= link.created_at))
        row = {
            "id": link.id,
            "kind": link.kind.value,
            "digest": link.digest,
            "email": link.email,
            "person": link.person,
            "language": link.language,
            "created_at": link.created_at,
            "expires_at": link.expires_at,
        }
        self._connection.execute(table.insert().values(row))

    def by_digest(self, digest: str) -> Link | None:
        """Find by the digest of the token."""
        wanted = select(ACCOUNT_LINK).where(ACCOUNT_LINK.c.digest == digest)
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            return None
        return Link(
            id=row.id,
            kind=LinkKind(row.kind),
            digest=row.digest,
            email=row.email,
            person=row.person,
            language=cast("Language", row.language),
            created_at=row.created_at,
            expires_at=row.expires_at,
        )

    def count(self, email: str, since: datetime) -> int:
        """Count those for an address."""
        table = ACCOUNT_LINK
        of_address = (table.c.email == email, table.c.created_at > since)
        wanted = select(func.count()).select_from(table).where(*of_address)
        return self._connection.execute(wanted).scalar_one()

    def take(self, link: Link) -> bool:
        """Delete it, and if it was still there those that do the same for the same address."""
        table = ACCOUNT_LINK
        taken = self._connection.execute(table.delete().where(table.c.id == link.id)).rowcount
        same = (table.c.email == link.email, table.c.kind == link.kind.value)
        self._connection.execute(table.delete().where(*same))
        return taken == 1

    def forget(self, person: UUID) -> None:
        """Delete all that are about a person."""
        self._connection.execute(ACCOUNT_LINK.delete().where(ACCOUNT_LINK.c.person == person))
