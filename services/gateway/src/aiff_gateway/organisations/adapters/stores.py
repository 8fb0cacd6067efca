"""The tables of organisations and of memberships."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.organisations.domain.organisations import (
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    place_by_role,
)
from aiff_gateway.shared.organisation_tables import ORGANISATION, ORGANISATION_MEMBER


class SqlOrganisations:
    """The table of organisations."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(self, organisation: Organisation) -> None:
        """Insert."""
        row = {
            "slug": organisation.slug,
            "name": organisation.name,
            "kind": organisation.kind.value,
            "created_at": organisation.created_at,
        }
        self._connection.execute(ORGANISATION.insert().values(row))

    def get(self, slug: str) -> Organisation | None:
        """Find by slug."""
        return self._one(_by_slug(slug))

    def held(self, slug: str) -> Organisation | None:
        """Find by slug and lock the row; SQLite has locked the whole file already."""
        return self._one(_by_slug(slug).with_for_update())

    def _one(self, wanted: Select[Any]) -> Organisation | None:
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else organisation_of(row)


class SqlMemberships:
    """The table of memberships."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(self, membership: Membership) -> None:
        """Insert."""
        row = {
            "organisation": membership.organisation,
            "person": membership.person,
            "role": membership.role.value,
            "since": membership.since,
        }
        self._connection.execute(ORGANISATION_MEMBER.insert().values(row))

    def of(self, organisation: str) -> Sequence[Membership]:
        """Return an organisation's, longest first."""
        table = ORGANISATION_MEMBER
        wanted = (
            select(table)
            .where(table.c.organisation == organisation)
            .order_by(table.c.since, table.c.person)
        )
        return [membership_of(row) for row in self._connection.execute(wanted)]

    def count_of(self, person: UUID) -> int:
        """Count a person's."""
        wanted = select(func.count()).where(ORGANISATION_MEMBER.c.person == person)
        return self._connection.execute(wanted).scalar_one()

    def change(self, membership: Membership) -> None:
        """Store the role."""
        values = {"role": membership.role.value}
        change = ORGANISATION_MEMBER.update().where(_is(membership)).values(values)
        self._connection.execute(change)

    def remove(self, membership: Membership) -> None:
        """Delete."""
        self._connection.execute(ORGANISATION_MEMBER.delete().where(_is(membership)))


class SqlJoining:
    """Adds an account to the organisation that an operator names."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._organisations = SqlOrganisations(connection)
        self._memberships = SqlMemberships(connection)

    def join(self, account: Account) -> None:
        """Make it belong, as its role says; in an organisation of another kind without rights."""
        if account.organisation is None:
            return
        kind, role = place_by_role(account.role)
        slug, now = account.organisation, account.created_at
        there = self._organisations.get(slug)
        if there is None:
            there = Organisation(slug=slug, name=slug, kind=kind, created_at=now)
            self._organisations.add(there)
        if there.kind is not kind:
            role = MemberRole.MEMBER
        self._memberships.add(
            Membership(organisation=slug, person=account.id, role=role, since=now)
        )


def organisation_of(row: Row[Any]) -> Organisation:
    """Return the organisation that a row describes."""
    return Organisation(
        slug=row.slug,
        name=row.name,
        kind=OrganisationKind(row.kind),
        created_at=row.created_at,
    )


def membership_of(row: Row[Any]) -> Membership:
    """Return the membership that a row describes."""
    return Membership(
        organisation=row.organisation,
        person=row.person,
        role=MemberRole(row.role),
        since=row.since,
    )


def _by_slug(slug: str) -> Select[Any]:
    return select(ORGANISATION).where(ORGANISATION.c.slug == slug)


def _is(membership: Membership) -> ColumnElement[bool]:
    table = ORGANISATION_MEMBER
    return (table.c.organisation == membership.organisation) & (table.c.person == membership.person)
