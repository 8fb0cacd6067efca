"""Invitations: sent by administrators, accepted by whoever they were sent to."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from aiff_gateway.credentials.entrypoints.http.callers import IN_PERSON
from aiff_gateway.organisations.application.invitations import Invite, Inviting
from aiff_gateway.organisations.domain.invitations import Offered
from aiff_gateway.organisations.entrypoints.http.callers import (
    AdministeredTeam,
    Person,
)
from aiff_gateway.organisations.entrypoints.http.examples import ACCEPT, INVITE, INVITE_ADVISER
from aiff_gateway.organisations.entrypoints.http.invitation_schemas import (
    AcceptBody,
    InvitationBody,
    InvitationListBody,
    InviteAdviserBody,
    InviteBody,
    ReceivedInvitationListBody,
    invitation_body,
    received_body,
)
from aiff_kit.clock import Clock
from aiff_kit.http import StrictRoute


def invitation_routes(inviting: Inviting, clock: Clock) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["teams"], route_class=StrictRoute)
    _sending_routes(router, inviting, clock)
    _administering_routes(router, inviting, clock)
    _received_routes(router, inviting, clock)
    return router


def _sending_routes(router: APIRouter, inviting: Inviting, clock: Clock) -> None:
    @router.post("/teams/{team}/invitations", status_code=201, summary="Invite a member")
    def invite_member(
        body: Annotated[InviteBody, Body(openapi_examples=INVITE)],
        team: AdministeredTeam,
        caller: Person,
    ) -> InvitationBody:
        """Send an invitation that holds for seven days; an open one to this address ends."""
        command = Invite(team, body.email, Offered(body.role), body.language, caller)
        return invitation_body(inviting.invite(command), clock())

    @router.post("/teams/{team}/advisers", status_code=201, summary="Invite an adviser")
    def invite_adviser(
        body: Annotated[InviteAdviserBody, Body(openapi_examples=INVITE_ADVISER)],
        team: AdministeredTeam,
        caller: Person,
    ) -> InvitationBody:
        """Invite somebody to act for the organisation within named scopes, without belonging."""
        offered = Offered(None, frozenset(map(str, body.scopes)))
        command = Invite(team, body.email, offered, body.language, caller)
        return invitation_body(inviting.invite(command), clock())


def _administering_routes(router: APIRouter, inviting: Inviting, clock: Clock) -> None:
    @router.get("/teams/{team}/invitations", summary="List the invitations")
    def list_invitations(team: AdministeredTeam) -> InvitationListBody:
        """List the invitations that the organisation sent, to members and advisers."""
        now = clock()
        return InvitationListBody(
            items=tuple(invitation_body(one, now) for one in inviting.of(team))
        )

    @router.delete(
        "/teams/{team}/invitations/{invitation_id}",
        status_code=204,
        summary="Withdraw an invitation",
    )
    def withdraw_invitation(
        invitation_id: UUID, team: AdministeredTeam, caller: Person
    ) -> Response:
        """Withdraw an open invitation: its token opens nothing from now on."""
        inviting.withdraw(team, invitation_id, caller)
        return Response(status_code=204)


def _received_routes(router: APIRouter, inviting: Inviting, clock: Clock) -> None:
    @router.get(
        "/me/invitations", summary="List invitations to your address", openapi_extra=IN_PERSON
    )
    def list_received_invitations(person: Person) -> ReceivedInvitationListBody:
        """List the open invitations to the address with which you sign in."""
        return ReceivedInvitationListBody(items=tuple(map(received_body, inviting.to(person))))

    @router.post(
        "/me/invitations", status_code=201, summary="Accept an invitation", openapi_extra=IN_PERSON
    )
    def accept_invitation(
        body: Annotated[AcceptBody, Body(openapi_examples=ACCEPT)], person: Person
    ) -> InvitationBody:
        """Take the place that is offered; a token works once, and for its address only."""
        return invitation_body(inviting.accept(body.token, person), clock())
