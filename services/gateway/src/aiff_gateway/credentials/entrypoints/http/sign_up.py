"""Getting an account and getting back into it: for people who are not signed in.

Whether an address has an account is told to whoever reads its mail, never to whoever asks here.
"""

from functools import partial

from fastapi import APIRouter, Request, Response

from aiff_gateway.accounts.application.sign_up import ConfirmAccount, SignUp
from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.credentials.application.own_account import CompleteReset, OwnAccounts
from aiff_gateway.credentials.application.ports import SlowWork
from aiff_gateway.credentials.entrypoints.http.callers import address_of
from aiff_gateway.credentials.entrypoints.http.own_account_schemas import (
    AccountBody,
    AskByMailBody,
    ChoosePasswordBody,
    FollowLinkBody,
    account_body,
)
from aiff_kit.http import StrictRoute


def sign_up_routes(
    sign_up: SignUp, own: OwnAccounts, authenticator: Authenticator, slow: SlowWork
) -> APIRouter:
    """Return the routes."""
    router = APIRouter(route_class=StrictRoute)
    _account_routes(router, sign_up, slow)
    _reset_routes(router, own, authenticator, slow)

    @router.post("/me/address:confirm", status_code=204, summary="Confirm a new address")
    def confirm_address(body: FollowLinkBody, request: Request) -> Response:
        """Give your account the address to which the link was sent; both addresses are told."""
        own.complete_address(body.token, address_of(request))
        return Response(status_code=204)

    return router


def _account_routes(router: APIRouter, sign_up: SignUp, slow: SlowWork) -> None:
    @router.post(
        "/accounts", status_code=202, summary="Ask for an account", response_class=Response
    )
    def ask_for_account(body: AskByMailBody) -> Response:
        """Send a letter with a link to the address; the answer is the same for every address."""
        sign_up.ask(body.email, body.language)
        return Response(status_code=202)

    @router.post("/accounts:confirm", status_code=201, summary="Open an account")
    async def confirm_account(body: ChoosePasswordBody, request: Request) -> AccountBody:
        """Open the account for the address to which the link was sent, with a password."""
        command = ConfirmAccount(body.token, body.password, address_of(request))
        return account_body(await slow.run(partial(sign_up.confirm, command)))


def _reset_routes(
    router: APIRouter, own: OwnAccounts, authenticator: Authenticator, slow: SlowWork
) -> None:
    @router.post(
        "/password-resets",
        status_code=202,
        summary="Ask for another password",
        response_class=Response,
    )
    def ask_for_reset(body: AskByMailBody) -> Response:
        """Send a letter with a link to the address; the answer is the same for every address."""
        own.ask_for_reset(body.email, body.language)
        return Response(status_code=202)

    @router.post("/password-resets:complete", status_code=204, summary="Choose another password")
    async def complete_reset(body: ChoosePasswordBody, request: Request) -> Response:
        """Change the password of the account that the link is about, and end its sessions."""
        command = CompleteReset(body.token, body.password, address_of(request))
        for digest in await slow.run(partial(own.complete_reset, command)):
            authenticator.forget(digest)
        return Response(status_code=204)
