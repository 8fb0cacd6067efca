"""Sessions, the caller's own identity, and API keys."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from aiff_gateway.credentials.application.api_keys import ApiKeys, CreateKey
from aiff_gateway.credentials.application.authentication import Authenticator, Identified
from aiff_gateway.credentials.application.sessions import Sessions, SignIn
from aiff_gateway.credentials.domain.credentials import CredentialKind
from aiff_gateway.credentials.entrypoints.http.problems import BEARER
from aiff_gateway.credentials.entrypoints.http.schemas import (
    CreateKeyBody,
    KeyListBody,
    MeBody,
    NewKeyBody,
    SessionBody,
    SignInBody,
    key_body,
)
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import StrictRoute
from aiff_kit.problems import UNAUTHENTICATED, Problem


@dataclass(frozen=True, slots=True)
class CredentialUseCases:
    """What these routes call."""

    sessions: Sessions
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
KeyOwner = Annotated[Principal, requires(Scope.KEYS_MANAGE)]


def credential_routes(cases: CredentialUseCases) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["accounts"], route_class=StrictRoute)
    _session_routes(router, cases)
    _key_routes(router, cases)
    return router


def _session_routes(router: APIRouter, cases: CredentialUseCases) -> None:
    @router.post("/sessions", status_code=201, summary="Sign in")
    def sign_in(body: SignInBody, request: Request) -> SessionBody:
        address = request.client.host if request.client else ""
        issued = cases.sessions.sign_in(SignIn(body.email, body.password, address))
        expires_at = issued.credential.expires_at
        assert expires_at is not None  # noqa: S101  Every session expires.
        return SessionBody(token=issued.token, expires_at=expires_at)

    @router.delete(
        "/sessions/current", status_code=204, summary="Sign out", openapi_extra=_SIGNED_IN
    )
    def sign_out(shown: Shown) -> Response:
        if shown.kind is CredentialKind.SESSION:
            cases.sessions.sign_out(shown.credential_id)
            cases.authenticator.forget(shown.digest)
        return Response(status_code=204)

    @router.get("/me", summary="Who am I", openapi_extra=_SIGNED_IN)
    def read_me(shown: Shown) -> MeBody:
        principal = shown.principal
        return MeBody(
            subject=principal.subject,
            organisation=principal.organisation,
            scopes=tuple(sorted(principal.scopes)),
            credential=shown.kind,
        )


def _key_routes(router: APIRouter, cases: CredentialUseCases) -> None:
    @router.post("/api-keys", status_code=201, summary="Create an API key")
    def create_api_key(body: CreateKeyBody, owner: KeyOwner) -> NewKeyBody:
        command = CreateKey(UUID(owner.subject), body.name, body.scopes, body.expires_at)
        issued = cases.keys.create(command)
        return NewKeyBody(key=key_body(issued.credential), token=issued.token)

    @router.get("/api-keys", summary="List your API keys")
    def list_api_keys(owner: KeyOwner) -> KeyListBody:
        return KeyListBody(items=tuple(map(key_body, cases.keys.of(UUID(owner.subject)))))

    @router.delete("/api-keys/{key_id}", status_code=204, summary="Revoke an API key")
    def revoke_api_key(key_id: UUID, owner: KeyOwner) -> Response:
        revoked = cases.keys.revoke(UUID(owner.subject), key_id)
        cases.authenticator.forget(revoked.digest)
        return Response(status_code=204)
