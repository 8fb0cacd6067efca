"""Sessions and the caller's own identity."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from aiff_gateway.credentials.application.acting import Acting
from aiff_gateway.credentials.application.api_keys import ApiKeys
from aiff_gateway.credentials.application.authentication import Authenticator, Identified
from aiff_gateway.credentials.application.sessions import Sessions, SignIn
from aiff_gateway.credentials.domain.credentials import CredentialKind, IssuedCredential
from aiff_gateway.credentials.entrypoints.http.keys import key_routes
from aiff_gateway.credentials.entrypoints.http.problems import BEARER
from aiff_gateway.credentials.entrypoints.http.schemas import (
    ActForBody,
    MeBody,
    SessionBody,
    SignInBody,
    belonging_body,
)
from aiff_kit.http import StrictRoute
from aiff_kit.problems import FORBIDDEN, UNAUTHENTICATED, Problem


@dataclass(frozen=True, slots=True)
class CredentialUseCases:
    """What these routes call."""

    sessions: Sessions
    acting: Acting
    keys: ApiKeys
    authenticator: Authenticator


async def shown_credential(request: Request) -> Identified:
    """Return the caller with the credential that was shown; 401 for anonymous calls."""
    shown: Identified | None = request.scope.get("credential")
    if shown is None:
        raise Problem(UNAUTHENTICATED, headers=BEARER)
    return shown


Shown = Annotated[Identified, Depends(shown_credential)]
# Any credential will do, but there must be one.
_SIGNED_IN: dict[str, Any] = {"security": [{"apiKey": []}, {"bearer": []}]}


def credential_routes(cases: CredentialUseCases) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["accounts"], route_class=StrictRoute)
    _session_routes(router, cases)
    _own_routes(router, cases)
    router.include_router(key_routes(cases.keys, cases.authenticator))
    return router


def _session_routes(router: APIRouter, cases: CredentialUseCases) -> None:
    @router.post("/sessions", status_code=201, summary="Sign in")
    def sign_in(body: SignInBody, request: Request) -> SessionBody:
        address = request.client.host if request.client else ""
        issued = cases.sessions.sign_in(SignIn(body.email, body.password, address))
        return _session_body(issued)

    @router.delete(
        "/sessions/current", status_code=204, summary="Sign out", openapi_extra=_SIGNED_IN
    )
    def sign_out(shown: Shown) -> Response:
        if shown.kind is CredentialKind.SESSION:
            cases.sessions.sign_out(shown.credential_id)
            cases.authenticator.forget(shown.digest)
        return Response(status_code=204)


def _own_routes(router: APIRouter, cases: CredentialUseCases) -> None:
    @router.put(
        "/sessions/current/organisation",
        summary="Act for another organisation",
        openapi_extra=_SIGNED_IN,
    )
    def act_for(body: ActForBody, shown: Shown) -> SessionBody:
        """Change for whom you act; the session goes on under the token in the answer."""
        if shown.kind is not CredentialKind.SESSION:
            raise Problem(FORBIDDEN, "a key acts for its organisation only; sign in to change it")
        issued = cases.acting.act_for(shown.credential_id, body.organisation)
        cases.authenticator.forget(shown.digest)
        return _session_body(issued)

    @router.get("/me", summary="Who am I", openapi_extra=_SIGNED_IN)
    def read_me(shown: Shown) -> MeBody:
        """Tell for whom you act, what you may do there, and for whom else you may act."""
        principal = shown.principal
        belongings = cases.acting.belongings(UUID(principal.subject))
        return MeBody(
            subject=principal.subject,
            organisation=principal.organisation,
            acting_for=principal.acting_for,
            scopes=tuple(sorted(principal.scopes)),
            credential=shown.kind,
            belongings=tuple(map(belonging_body, belongings)),
        )


def _session_body(issued: IssuedCredential) -> SessionBody:
    expires_at = issued.credential.expires_at
    assert expires_at is not None  # noqa: S101  Every session expires.
    return SessionBody(token=issued.token, expires_at=expires_at)
