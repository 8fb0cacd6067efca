"""The table of advisers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, select

from aiff_gateway.organisations.domain.rights import Adviser
from aiff_gateway.shared.organisation_tables import ORGANISATION_ADVISER
from aiff_gateway.shared.tables import scopes_of, text_of


class SqlAdvisers:
    """The table of advisers."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def put(self, adviser: Adviser) -> None:
        """Insert, in the place of what the same person was given before."""
        self.remove(adviser.organisation, adviser.person)
        row = {
            "organisation": adviser.organisation,
            "person": adviser.person,
            "scopes": text_of(adviser.scopes),
            "named_by": adviser.named_by,
            "since": adviser.since,
        }
        self._connection.execute(ORGANISATION_ADVISER.insert().values(row))

    def of(self, organisation: str) -> Sequence[Adviser]:
        """Return an organisation's, longest first."""
        table = ORGANISATION_ADVISER
        wanted = (
            select(table)
            .where(table.c.organisation == organisation)
            .order_by(table.c.since, table.c.person)
        )
        return [adviser_of(row) for row in self._connection.execute(wanted)]

    def remove(self, organisation: str, person: UUID) -> bool:
        """Delete; tell whether there was one."""
        deletion = ORGANISATION_ADVISER.delete().where(_is(organisation, person))
        return self._connection.execute(deletion).rowcount > 0


def adviser_of(row: Row[Any]) -> Adviser:
    """Return the adviser that a row describes."""
    return Adviser(
        organisation=row.organisation,
        person=row.person,
        scopes=scopes_of(row.scopes),
        named_by=row.named_by,
        since=row.since,
    )


def _is(organisation: str, person: UUID) -> ColumnElement[bool]:
    table = ORGANISATION_ADVISER
    return (table.c.organisation == organisation) & (table.c.person == person)
