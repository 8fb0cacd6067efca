"""Organisations and who belongs to them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response

from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.credentials.entrypoints.http.callers import IN_PERSON
from aiff_gateway.credentials.entrypoints.http.schemas import belonging_body
from aiff_gateway.organisations.application.teams import FoundTeam, GiveRole, Leave, Place, Teams
from aiff_gateway.organisations.entrypoints.http.callers import (
    AdministeredTeam,
    OwnTeam,
    Person,
)
from aiff_gateway.organisations.entrypoints.http.examples import FOUND, ROLE
from aiff_gateway.organisations.entrypoints.http.schemas import (
    FoundBody,
    MemberBody,
    MemberListBody,
    RoleBody,
    TeamBody,
    TeamListBody,
    member_body,
    team_body,
)
from aiff_kit.http import StrictRoute

Successor = Annotated[
    UUID | None,
    Query(description="The administrator to whom the member's keys pass; without one they end."),
]


def team_routes(teams: Teams, authenticator: Authenticator) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1/teams", tags=["teams"], route_class=StrictRoute)
    _own_routes(router, teams)
    _member_routes(router, teams, authenticator)
    return router


def _own_routes(router: APIRouter, teams: Teams) -> None:
    @router.post("", status_code=201, summary="Found an organisation", openapi_extra=IN_PERSON)
    def found_team(
        body: Annotated[FoundBody, Body(openapi_examples=FOUND)], person: Person
    ) -> TeamBody:
        """Found a start-up, a lab or a public body, which you administer.

        Act for it with `PUT /v1/sessions/current/organisation`.
        """
        return team_body(teams.found(FoundTeam(person, body.name, body.kind)))

    @router.get("", summary="List your organisations", openapi_extra=IN_PERSON)
    def list_teams(person: Person) -> TeamListBody:
        """List whom you may act for: where you belong, and whom you advise."""
        return TeamListBody(items=tuple(map(belonging_body, teams.of(person))))


def _member_routes(router: APIRouter, teams: Teams, authenticator: Authenticator) -> None:
    @router.get("/{team}/members", summary="List the members", openapi_extra=IN_PERSON)
    def list_members(team: OwnTeam) -> MemberListBody:
        """List who belongs to the organisation that you act for."""
        return MemberListBody(items=tuple(map(member_body, teams.members(team))))

    @router.put("/{team}/members/{person}", summary="Give a member another role")
    def give_role(
        person: UUID,
        body: Annotated[RoleBody, Body(openapi_examples=ROLE)],
        team: AdministeredTeam,
        caller: Person,
    ) -> MemberBody:
        """Change what a member may do, everywhere within five seconds."""
        return member_body(teams.give_role(GiveRole(Place(team, person), body.role, caller)))

    @router.delete("/{team}/members/{person}", status_code=204, summary="Remove a member")
    def remove_member(
        person: UUID, team: AdministeredTeam, caller: Person, successor: Successor = None
    ) -> Response:
        """End a membership, your own too; the member's keys end or pass to a successor.

        Rotate keys that pass: who leaves may know them.
        """
        _forget(authenticator, teams, Leave(Place(team, person), caller, successor))
        return Response(status_code=204)

    @router.delete("/{team}/membership", status_code=204, summary="Leave", openapi_extra=IN_PERSON)
    def leave_team(team: OwnTeam, person: Person) -> Response:
        """Leave the organisation that you act for; your keys there end."""
        _forget(authenticator, teams, Leave(Place(team, person), person))
        return Response(status_code=204)


def _forget(authenticator: Authenticator, teams: Teams, command: Leave) -> None:
    for key in teams.leave(command):
        authenticator.forget(key.digest)
