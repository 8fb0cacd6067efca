"""Sessions and the caller's own identity."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body

from aiff_gateway.accounts.application.sign_up import SignUp
from aiff_gateway.credentials.application.acting import Acting
from aiff_gateway.credentials.application.api_keys import ApiKeys
from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.credentials.application.own_account import OwnAccounts
from aiff_gateway.credentials.application.ports import SlowWork
from aiff_gateway.credentials.application.sessions import Sessions
from aiff_gateway.credentials.domain.credentials import CredentialKind
from aiff_gateway.credentials.entrypoints.http.callers import SIGNED_IN, Shown
from aiff_gateway.credentials.entrypoints.http.key_examples import ACT_FOR
from aiff_gateway.credentials.entrypoints.http.keys import key_routes
from aiff_gateway.credentials.entrypoints.http.own_account import own_account_routes
from aiff_gateway.credentials.entrypoints.http.schemas import (
    ActForBody,
    MeBody,
    SessionBody,
    belonging_body,
    session_body,
)
from aiff_gateway.credentials.entrypoints.http.sessions import session_routes
from aiff_gateway.credentials.entrypoints.http.sign_up import sign_up_routes
from aiff_kit.http import StrictRoute
from aiff_kit.problems import FORBIDDEN, Problem


@dataclass(frozen=True, slots=True)
class CredentialUseCases:
    """What these routes call."""

    sessions: Sessions
    sign_up: SignUp
    own_accounts: OwnAccounts
    acting: Acting
    keys: ApiKeys
    authenticator: Authenticator
    slow: SlowWork


def credential_routes(cases: CredentialUseCases) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["accounts"], route_class=StrictRoute)
    router.include_router(session_routes(cases.sessions, cases.authenticator, cases.slow))
    router.include_router(
        sign_up_routes(cases.sign_up, cases.own_accounts, cases.authenticator, cases.slow)
    )
    router.include_router(own_account_routes(cases.own_accounts, cases.authenticator, cases.slow))
    _own_routes(router, cases)
    router.include_router(key_routes(cases.keys, cases.authenticator))
    return router


def _own_routes(router: APIRouter, cases: CredentialUseCases) -> None:
    @router.put(
        "/sessions/current/organisation",
        summary="Act for another organisation",
        responses={403: {"description": "The caller does not belong there, or shows a key."}},
        openapi_extra=SIGNED_IN,
    )
    def act_for(
        body: Annotated[ActForBody, Body(openapi_examples=ACT_FOR)], shown: Shown
    ) -> SessionBody:
        """Change for whom you act; the session goes on under the token in the answer."""
        if shown.kind is not CredentialKind.SESSION:
            raise Problem(FORBIDDEN, "a key acts for its organisation only; sign in to change it")
        issued = cases.acting.act_for(shown.credential_id, body.organisation)
        cases.authenticator.forget(shown.digest)
        return session_body(issued)

    @router.get("/me", summary="Who am I", openapi_extra=SIGNED_IN)
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
