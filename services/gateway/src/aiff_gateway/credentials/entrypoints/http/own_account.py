"""What people see and change of their own account."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.credentials.application.own_account import OwnAccounts
from aiff_gateway.credentials.application.ports import SlowWork
from aiff_gateway.credentials.entrypoints.http.callers import IN_PERSON, OwnSession
from aiff_gateway.credentials.entrypoints.http.own_account_schemas import (
    AccountBody,
    LanguageBody,
    NewAddressBody,
    NewPasswordBody,
    account_body,
)
from aiff_gateway.credentials.entrypoints.http.schemas import SessionBody, session_body
from aiff_kit.http import StrictRoute


def own_account_routes(own: OwnAccounts, authenticator: Authenticator, slow: SlowWork) -> APIRouter:
    """Return the routes."""
    router = APIRouter(route_class=StrictRoute)
    _account_routes(router, own)
    _password_route(router, own, authenticator, slow)
    return router


def _account_routes(router: APIRouter, own: OwnAccounts) -> None:
    @router.get("/me/account", summary="Read your account", openapi_extra=IN_PERSON)
    def read_account(session: OwnSession) -> AccountBody:
        """Tell your address, your language and how you sign in."""
        return account_body(own.of(UUID(session.principal.subject)))

    @router.put("/me/language", summary="Choose your language", openapi_extra=IN_PERSON)
    def choose_language(body: LanguageBody, session: OwnSession) -> AccountBody:
        """Change the language of the letters that you get."""
        return account_body(own.speak(UUID(session.principal.subject), body.language))

    @router.post(
        "/me/address",
        status_code=202,
        summary="Ask for another address",
        response_class=Response,
        openapi_extra=IN_PERSON,
    )
    def ask_for_address(body: NewAddressBody, session: OwnSession) -> Response:
        """Send a letter with a link to the new address; until it is followed nothing changes.

        You must have signed in within the last quarter of an hour.
        """
        own.ask_for_address(session.credential_id, body.email)
        return Response(status_code=202)


def _password_route(
    router: APIRouter, own: OwnAccounts, authenticator: Authenticator, slow: SlowWork
) -> None:
    @router.put("/me/password", summary="Change your password", openapi_extra=IN_PERSON)
    async def change_password(body: NewPasswordBody, session: OwnSession) -> SessionBody:
        """End your other sessions; this one goes on under the token in the answer.

        You must have signed in within the last quarter of an hour.
        """
        change = partial(own.change_password, session.credential_id, body.password)
        rotated = await slow.run(change)
        for digest in rotated.ended:
            authenticator.forget(digest)
        return session_body(rotated.issued)
