"""Requests to represent an organisation of the catalogue."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response

from aiff_gateway.credentials.entrypoints.http.callers import IN_PERSON
from aiff_gateway.organisations.application.ports import ListedOrganisations
from aiff_gateway.organisations.application.representing import (
    AskToRepresent,
    DecideRequest,
    Representing,
)
from aiff_gateway.organisations.domain.errors import NotListedError
from aiff_gateway.organisations.domain.requests import ListedOrganisation
from aiff_gateway.organisations.entrypoints.http.callers import Person
from aiff_gateway.organisations.entrypoints.http.examples import ASK, DECISION
from aiff_gateway.organisations.entrypoints.http.request_schemas import (
    AskBody,
    DecisionBody,
    RequestBody,
    RequestListBody,
    RequestParameters,
    request_body,
)
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import (
    IF_MATCH,
    CursorSigner,
    Paging,
    StrictRoute,
    answered_with,
    match_version,
    sent_with,
    versioned_etag,
)

ReviewsTeams = Annotated[Principal, requires(Scope.TEAMS_REVIEW)]


def request_routes(
    representing: Representing, listed: ListedOrganisations, cursors: CursorSigner
) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["teams"], route_class=StrictRoute)
    _own_routes(router, representing, listed)
    _reading_routes(router, representing, cursors)
    _deciding_routes(router, representing)
    return router


def _own_routes(router: APIRouter, representing: Representing, listed: ListedOrganisations) -> None:
    @router.post(
        "/me/team-requests",
        status_code=201,
        summary="Ask to represent a listed organisation",
        openapi_extra=IN_PERSON,
    )
    async def ask_to_represent(
        body: Annotated[AskBody, Body(openapi_examples=ASK)], person: Person
    ) -> RequestBody:
        """Ask the curators to let you act for an organisation that the catalogue lists."""
        found = await _named(listed, body.organisation)
        command = AskToRepresent(person, found, body.reasons)
        return request_body(await asyncio.to_thread(representing.ask, command))

    @router.get("/me/team-requests", summary="List your requests", openapi_extra=IN_PERSON)
    def list_own_requests(person: Person) -> RequestListBody:
        """List what you asked for and what was decided, newest first."""
        items = tuple(map(request_body, representing.of(person)))
        return RequestListBody(items=items, next=None)


def _reading_routes(router: APIRouter, representing: Representing, cursors: CursorSigner) -> None:
    @router.get("/team-requests", summary="List requests to represent organisations")
    def list_team_requests(
        request: Request,
        response: Response,
        parameters: Annotated[RequestParameters, Query()],
        _curator: ReviewsTeams,
    ) -> RequestListBody:
        """List the requests of everybody, oldest first."""
        asked = Paging(cursors, request.url.path, parameters, parameters.chosen())
        page = asked.page(
            lambda after, most: representing.page(parameters.state, _id(after), most),
            lambda one: str(one.id),
        )
        response.headers.update(page.headers)
        return RequestListBody(items=tuple(map(request_body, page.items)), next=page.next)

    @router.get(
        "/team-requests/{request_id}",
        summary="Read a request",
        responses={200: answered_with("ETag")},
    )
    def read_team_request(
        request_id: UUID, response: Response, _curator: ReviewsTeams
    ) -> RequestBody:
        """Read a request; its ETag is what a decision names."""
        request = representing.get(request_id)
        response.headers["ETag"] = versioned_etag(request.version)
        return request_body(request)


def _deciding_routes(router: APIRouter, representing: Representing) -> None:
    @router.put(
        "/team-requests/{request_id}/decision",
        summary="Decide a request",
        openapi_extra=sent_with(IF_MATCH),
    )
    def decide_team_request(
        request_id: UUID,
        body: Annotated[DecisionBody, Body(openapi_examples=DECISION)],
        request: Request,
        response: Response,
        curator: ReviewsTeams,
    ) -> RequestBody:
        """Approve or refuse the version that you read; who asked is told by mail.

        Approval makes them belong to the organisation, as a partner, and they write its listings.
        """
        decided = representing.decide(_decision(request_id, body, request, curator))
        response.headers["ETag"] = versioned_etag(decided.version)
        return request_body(decided)


def _id(position: str | None) -> UUID | None:
    return None if position is None else UUID(position)


async def _named(listed: ListedOrganisations, slug: str) -> ListedOrganisation:
    found = await listed.named(slug)
    if found is None:
        message = f"the catalogue lists no organisation {slug}; search it under /v1/organisations"
        raise NotListedError(message)
    return found


def _decision(
    request_id: UUID, body: DecisionBody, request: Request, curator: Principal
) -> DecideRequest:
    return DecideRequest(
        request_id=request_id,
        version=match_version(request),
        approved=body.decision == "approved",
        reason=body.reason,
        role=body.role,
        by=UUID(curator.subject),
    )
