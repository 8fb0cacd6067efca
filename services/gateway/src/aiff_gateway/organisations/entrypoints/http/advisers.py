"""Advisers: seen, limited and ended by the organisation, or ended by themselves."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from aiff_gateway.credentials.entrypoints.http.callers import IN_PERSON
from aiff_gateway.organisations.application.advising import AdviserPlace, Advising
from aiff_gateway.organisations.entrypoints.http.callers import (
    AdministeredTeam,
    Person,
    TeamInPath,
)
from aiff_gateway.organisations.entrypoints.http.examples import ADVISER_SCOPES
from aiff_gateway.organisations.entrypoints.http.invitation_schemas import (
    AdviserBody,
    AdviserListBody,
    AdviserScopesBody,
    adviser_body,
)
from aiff_kit.http import StrictRoute


def adviser_routes(advising: Advising) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1/teams/{team}", tags=["teams"], route_class=StrictRoute)
    _administering_routes(router, advising)
    _own_routes(router, advising)
    return router


def _administering_routes(router: APIRouter, advising: Advising) -> None:
    @router.get("/advisers", summary="List the advisers")
    def list_advisers(team: AdministeredTeam) -> AdviserListBody:
        """List who may act for the organisation without belonging to it."""
        return AdviserListBody(items=tuple(map(adviser_body, advising.of(team))))

    @router.put("/advisers/{person}", summary="Change what an adviser may do")
    def limit_adviser(
        person: UUID,
        body: Annotated[AdviserScopesBody, Body(openapi_examples=ADVISER_SCOPES)],
        team: AdministeredTeam,
        caller: Person,
    ) -> AdviserBody:
        """Name other scopes, in force everywhere within five seconds."""
        place = AdviserPlace(team, person, caller)
        return adviser_body(advising.limit(place, body.scopes))

    @router.delete("/advisers/{person}", status_code=204, summary="End an adviser's rights")
    def end_adviser(person: UUID, team: AdministeredTeam, caller: Person) -> Response:
        """Let somebody act for the organisation no longer, everywhere within five seconds."""
        advising.end(AdviserPlace(team, person, caller))
        return Response(status_code=204)


def _own_routes(router: APIRouter, advising: Advising) -> None:
    @router.delete(
        "/advising", status_code=204, summary="Advise no longer", openapi_extra=IN_PERSON
    )
    def stop_advising(team: TeamInPath, person: Person) -> Response:
        """Give back the rights that an organisation gave you."""
        advising.end(AdviserPlace(team, person, person))
        return Response(status_code=204)
