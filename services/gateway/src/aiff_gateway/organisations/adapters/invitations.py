"""The table of invitations."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from aiff_gateway.organisations.domain.invitations import Invitation, Offered
from aiff_gateway.organisations.domain.organisations import MemberRole
from aiff_gateway.shared.organisation_tables import ORGANISATION_INVITATION
from aiff_gateway.shared.tables import scopes_of, text_of

_TABLE = ORGANISATION_INVITATION


class SqlInvitations:
    """The table of invitations."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(self, invitation: Invitation) -> None:
        """Insert."""
        role = invitation.offered.role
        row = {
            "id": invitation.id,
            "organisation": invitation.organisation,
            "email": invitation.email,
            "role": None if role is None else role.value,
            "scopes": text_of(invitation.offered.scopes),
            "digest": invitation.digest,
            "language": invitation.language,
            "invited_by": invitation.invited_by,
            "created_at": invitation.created_at,
            "expires_at": invitation.expires_at,
        }
        self._connection.execute(_TABLE.insert().values(row))

    def by_digest(self, digest: str) -> Invitation | None:
        """Find by the digest of the token."""
        return next(iter(self._found(_TABLE.c.digest == digest)), None)

    def of(self, organisation: str) -> Sequence[Invitation]:
        """Return an organisation's; ids are in order of time."""
        return self._found(_TABLE.c.organisation == organisation)

    def to(self, email: str) -> Sequence[Invitation]:
        """Return those to an address; ids are in order of time."""
        return self._found(_TABLE.c.email == email)

    def settle(self, invitation: Invitation) -> None:
        """Store what became of it."""
        values = {
            "accepted_at": invitation.accepted_at,
            "withdrawn_at": invitation.withdrawn_at,
        }
        change = _TABLE.update().where(_TABLE.c.id == invitation.id).values(values)
        self._connection.execute(change)

    def _found(self, condition: ColumnElement[bool]) -> Sequence[Invitation]:
        wanted = select(_TABLE).where(condition).order_by(_TABLE.c.id.desc())
        return [_invitation(row) for row in self._connection.execute(wanted)]


def _invitation(row: Row[Any]) -> Invitation:
    role = None if row.role is None else MemberRole(row.role)
    return Invitation(
        id=row.id,
        organisation=row.organisation,
        email=row.email,
        offered=Offered(role, scopes_of(row.scopes)),
        digest=row.digest,
        language=row.language,
        invited_by=row.invited_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
        withdrawn_at=row.withdrawn_at,
    )
