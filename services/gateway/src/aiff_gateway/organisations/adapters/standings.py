"""What accounts may do, read from what they belong to."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, Table, select

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.credentials.domain.scopes import Belonging, Rights
from aiff_gateway.organisations.adapters.advisers import adviser_of
from aiff_gateway.organisations.adapters.stores import membership_of, organisation_of
from aiff_gateway.organisations.domain.organisations import Membership
from aiff_gateway.organisations.domain.rights import (
    SCOPES_IN,
    Adviser,
    adviser_rights,
    member_rights,
    own_rights,
)
from aiff_gateway.shared.errors import StorageUnavailableError
from aiff_gateway.shared.organisation_tables import (
    ORGANISATION,
    ORGANISATION_ADVISER,
    ORGANISATION_MEMBER,
)
from aiff_kit.db import DATABASE_AWAY


class SqlStandings:
    """Derives rights from memberships and from what advisers were given."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def rights(self, account: Account, organisation: str | None) -> Rights | None:
        """Return the rights of an account that acts for an organisation, or for nobody else."""
        if organisation is None:
            return own_rights(account.role)
        for row in self._rows(ORGANISATION_MEMBER, account.id):
            if row.organisation == organisation:
                return member_rights(account.role, organisation_of(row), membership_of(row))
        for row in self._rows(ORGANISATION_ADVISER, account.id):
            if row.organisation == organisation:
                return adviser_rights(organisation_of(row), adviser_of(row))
        return None

    def belongings(self, person: UUID) -> Sequence[Belonging]:
        """Return whom a person may act for, longest first, those whom they advise last."""
        member = [
            _belonging(row, membership_of(row)) for row in self._rows(ORGANISATION_MEMBER, person)
        ]
        adviser = [
            _belonging(row, adviser_of(row)) for row in self._rows(ORGANISATION_ADVISER, person)
        ]
        return member + adviser

    def _rows(self, table: Table, person: UUID) -> Sequence[Row[Any]]:
        wanted = (
            select(ORGANISATION, table)
            .join(table, table.c.organisation == ORGANISATION.c.slug)
            .where(table.c.person == person)
            .order_by(table.c.since, ORGANISATION.c.slug)
        )
        return self._connection.execute(wanted).all()


class SqlBelongings:
    """Finds whom a person may act for without taking the write lock."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine

    def __call__(self, person: UUID) -> Sequence[Belonging]:
        """Return them, longest first."""
        try:
            with self._engine.connect().execution_options(read_only=True) as connection:
                return SqlStandings(connection).belongings(person)
        except DATABASE_AWAY as error:
            message = "the database of the gateway does not answer"
            raise StorageUnavailableError(message) from error


def _belonging(row: Row[Any], place: Membership | Adviser) -> Belonging:
    organisation = organisation_of(row)
    if isinstance(place, Membership):
        role, scopes = place.role.value, SCOPES_IN[organisation.kind][place.role]
    else:
        role, scopes = None, adviser_rights(organisation, place).scopes
    return Belonging(organisation.slug, organisation.name, organisation.kind.value, role, scopes)
