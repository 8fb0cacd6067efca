"""The table of requests to represent an organisation of the catalogue."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, select

from aiff_gateway.organisations.domain.requests import (
    RepresentationRequest,
    RequestDecision,
    RequestState,
)
from aiff_gateway.shared.organisation_tables import ORGANISATION_REQUEST

_TABLE = ORGANISATION_REQUEST


class SqlRequests:
    """The table of requests."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the connection's transaction."""
        self._connection = connection

    def add(self, request: RepresentationRequest) -> None:
        """Insert."""
        row = {
            "id": request.id,
            "organisation": request.organisation,
            "name": request.name,
            "person": request.person,
            "reasons": request.reasons,
            "domain_matches": request.domain_matches,
            "created_at": request.created_at,
            "version": request.version,
            "state": request.state.value,
        }
        self._connection.execute(_TABLE.insert().values(row))

    def get(self, request_id: UUID) -> RepresentationRequest | None:
        """Find by id."""
        return self._one(_by_id(request_id))

    def held(self, request_id: UUID) -> RepresentationRequest | None:
        """Find by id and lock the row; SQLite has locked the whole file already."""
        return self._one(_by_id(request_id).with_for_update())

    def of(self, person: UUID) -> Sequence[RepresentationRequest]:
        """Return a person's; ids are in order of time."""
        wanted = select(_TABLE).where(_TABLE.c.person == person).order_by(_TABLE.c.id.desc())
        return [_request(row) for row in self._connection.execute(wanted)]

    def page(
        self, state: RequestState | None, after: UUID | None, most: int
    ) -> Sequence[RepresentationRequest]:
        """Return those in a state, oldest first."""
        wanted = select(_TABLE).order_by(_TABLE.c.id).limit(most)
        if state is not None:
            wanted = wanted.where(_TABLE.c.state == state.value)
        if after is not None:
            wanted = wanted.where(_TABLE.c.id > after)
        return [_request(row) for row in self._connection.execute(wanted)]

    def decide(self, request: RepresentationRequest) -> None:
        """Store the decision."""
        decision = request.decision
        values = {
            "version": request.version,
            "state": request.state.value,
            "decided_by": decision and decision.by,
            "decided_at": decision and decision.at,
            "decision_reason": decision and decision.reason,
        }
        change = _TABLE.update().where(_TABLE.c.id == request.id).values(values)
        self._connection.execute(change)

    def _one(self, wanted: Select[Any]) -> RepresentationRequest | None:
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else _request(row)


def _by_id(request_id: UUID) -> Select[Any]:
    return select(_TABLE).where(_TABLE.c.id == request_id)


def _request(row: Row[Any]) -> RepresentationRequest:
    return RepresentationRequest(
        id=row.id,
        organisation=row.organisation,
        name=row.name,
        person=row.person,
        reasons=row.reasons,
        domain_matches=row.domain_matches,
        created_at=row.created_at,
        version=row.version,
        decision=_decision(row),
    )


def _decision(row: Row[Any]) -> RequestDecision | None:
    if row.decided_at is None:
        return None
    approved = row.state == RequestState.APPROVED
    return RequestDecision(approved, row.decision_reason, row.decided_by, row.decided_at)
