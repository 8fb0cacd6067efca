"""Signing in and out, and the sessions of whoever calls."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request, Response

from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.credentials.application.ports import SlowWork
from aiff_gateway.credentials.application.sessions import Sessions, SignIn
from aiff_gateway.credentials.domain.credentials import CredentialKind
from aiff_gateway.credentials.entrypoints.http.callers import (
    IN_PERSON,
    SIGNED_IN,
    OwnSession,
    Shown,
    shown_digest,
    visit_of,
)
from aiff_gateway.credentials.entrypoints.http.schemas import (
    OpenSessionListBody,
    SignedInBody,
    SignInBody,
    open_session_body,
    signed_in_body,
)
from aiff_kit.http import StrictRoute


def session_routes(sessions: Sessions, authenticator: Authenticator, slow: SlowWork) -> APIRouter:
    """Return the routes."""
    router = APIRouter(route_class=StrictRoute)
    _sign_in_routes(router, sessions, authenticator, slow)
    _own_routes(router, sessions, authenticator)
    return router


def _sign_in_routes(
    router: APIRouter, sessions: Sessions, authenticator: Authenticator, slow: SlowWork
) -> None:
    @router.post("/sessions", status_code=201, summary="Sign in")
    async def sign_in(body: SignInBody, request: Request) -> SignedInBody:
        """Open a session. One that is shown ends: so somebody proves anew who they are."""
        command = SignIn(body.email, body.password, visit_of(request, body.client), body.device)
        signed_in = await slow.run(partial(sessions.sign_in, command))
        authenticator.forget(shown_digest(request))
        return signed_in_body(signed_in)

    @router.delete(
        "/sessions/current", status_code=204, summary="Sign out", openapi_extra=SIGNED_IN
    )
    def sign_out(shown: Shown) -> Response:
        if shown.kind is CredentialKind.SESSION:
            sessions.sign_out(shown.credential_id)
            authenticator.forget(shown.digest)
        return Response(status_code=204)


def _own_routes(router: APIRouter, sessions: Sessions, authenticator: Authenticator) -> None:
    @router.get("/sessions", summary="List your open sessions", openapi_extra=IN_PERSON)
    def list_sessions(own: OwnSession) -> OpenSessionListBody:
        """Tell where you are signed in."""
        found = sessions.of(UUID(own.principal.subject))
        items = (open_session_body(one, own.credential_id) for one in found)
        return OpenSessionListBody(items=tuple(items))

    @router.delete(
        "/sessions", status_code=204, summary="End all your sessions", openapi_extra=IN_PERSON
    )
    def end_sessions(own: OwnSession) -> Response:
        """Sign out everywhere, here too; it holds at every gateway within five seconds."""
        for digest in sessions.end_all(UUID(own.principal.subject)):
            authenticator.forget(digest)
        return Response(status_code=204)

    @router.delete(
        "/sessions/{session_id}",
        status_code=204,
        summary="End one of your sessions",
        openapi_extra=IN_PERSON,
    )
    def end_session(session_id: UUID, own: OwnSession) -> Response:
        """Sign out somewhere else; it holds at every gateway within five seconds."""
        ended = sessions.end(UUID(own.principal.subject), session_id)
        authenticator.forget(ended.digest)
        return Response(status_code=204)
