"""Every error of the gateway is answered as what it is, wherever it leaves."""

import importlib
import pkgutil
from collections.abc import Iterator

import httpx2
import pytest
from fastapi import FastAPI
from tests.gateway.harness import SECRET

import aiff_gateway
from aiff_gateway.accounts.domain.errors import AccountExistsError, InvalidAccountError
from aiff_gateway.credentials.domain.errors import ScopesNotHeldError, WrongSignInError
from aiff_gateway.edge.domain.errors import UpstreamTimeoutError, UpstreamUnavailableError
from aiff_gateway.edge.entrypoints.http.problems import problem_of
from aiff_gateway.limits.domain.errors import LimitReachedError, TooManyAttemptsError
from aiff_gateway.limits.domain.policies import Policy, Standing
from aiff_gateway.main.own import own_app
from aiff_gateway.main.problems import PROBLEMS
from aiff_gateway.organisations.domain.errors import NotAdvisableError
from aiff_gateway.shared.errors import GatewayError, StorageUnavailableError
from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER, IdentitySigner, IdentityVerifier
from aiff_kit.http import Health
from aiff_kit.problems import CONFLICT, INTERNAL

REFUSED = Standing(Policy("search", 10, 60), admitted=False, remaining=0, wait=7)
ARGUMENTS = {
    LimitReachedError: ([REFUSED],),
    NotAdvisableError: (("offers:write",),),
    ScopesNotHeldError: (("offers:write",),),
    TooManyAttemptsError: ("reports", 7),
}
STATUS = {
    "AccountExistsError": 409,
    "AccountNotFoundError": 404,
    "AdviserNotFoundError": 404,
    "AlreadyMemberError": 409,
    "CredentialNotFoundError": 404,
    "ExpiryInThePastError": 422,
    "FreshSignInNeededError": 403,
    "InvalidAccountError": 422,
    "InvalidOrganisationError": 422,
    "InvalidSuccessorError": 422,
    "InvitationNotFoundError": 404,
    "KeyEndedError": 409,
    "LastAdministratorError": 409,
    "LimitReachedError": 429,
    "LinkRefusedError": 410,
    "MemberNotFoundError": 404,
    "NotActingForError": 403,
    "NotAdvisableError": 422,
    "NotInvitedError": 403,
    "NotListedError": 422,
    "OwnRequestError": 403,
    "RequestDecidedError": 409,
    "RequestNotFoundError": 404,
    "ScopesNotHeldError": 403,
    "SessionNotFoundError": 404,
    "SlugTakenError": 409,
    "StaleRequestError": 412,
    "StorageUnavailableError": 503,
    "TeamNotFoundError": 404,
    "TooManyAttemptsError": 429,
    "TooManyInvitationsError": 409,
    "TooManyKeysError": 409,
    "TooManyWaitingError": 503,
    "UnreadableReportError": 422,
    "UnreadableTokenError": 404,
    "UpstreamTimeoutError": 504,
    "UpstreamUnavailableError": 503,
    "WeakPasswordError": 422,
    "WrongSignInError": 401,
}


def subclasses(kind: type[GatewayError]) -> Iterator[type[GatewayError]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from subclasses(inner)


def errors() -> list[type[GatewayError]]:
    """Return every error class of the gateway's packages, wherever it is written."""
    for module in pkgutil.walk_packages(aiff_gateway.__path__, "aiff_gateway."):
        if not module.name.endswith(("__main__", ".env")) and "versions" not in module.name:
            importlib.import_module(module.name)
    every = set(subclasses(GatewayError))
    return sorted((one for one in every if one.__module__.startswith("aiff_gateway")), key=str)


def raised(kind: type[GatewayError]) -> GatewayError:
    return kind(*ARGUMENTS.get(kind, ("because",)))


@pytest.fixture
async def own() -> FastAPI:
    return own_app(IdentityVerifier(SECRET, "gateway"), Health(), None)


async def answer_to(app: FastAPI, error: Exception) -> httpx2.Response:
    @app.get("/fails")
    async def fails() -> None:
        raise error

    headers = {IDENTITY_HEADER: IdentitySigner(SECRET).sign(ANONYMOUS, "gateway")}
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://gateway", headers=headers
    ) as client:
        return await client.get("/fails")


@pytest.mark.parametrize("kind", errors(), ids=lambda kind: kind.__name__)
async def test_an_error_is_answered_with_its_status_by_own_routes_and_at_the_edge(own, kind):
    answer = await answer_to(own, raised(kind))
    assert answer.status_code == STATUS[kind.__name__]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem_of(PROBLEMS, raised(kind)).kind.status == STATUS[kind.__name__]


async def test_an_error_that_no_table_names_is_answered_as_its_nearest_class_is(own):
    class SlugTakenError(AccountExistsError):
        pass

    answer = await answer_to(own, SlugTakenError("taken"))
    assert (answer.status_code, answer.json()["detail"]) == (409, "taken")
    assert problem_of(PROBLEMS, SlugTakenError("taken")).kind is CONFLICT


async def test_an_error_without_any_entry_is_ours_and_says_nothing(own):
    class ForgottenError(GatewayError):
        pass

    answer = await answer_to(own, ForgottenError("secret"))
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert problem_of(PROBLEMS, ForgottenError("secret")).kind is INTERNAL


@pytest.mark.parametrize(
    ("error", "name", "value"),
    [
        (WrongSignInError("x"), "WWW-Authenticate", "Bearer"),
        (TooManyAttemptsError("reports", 7), "Retry-After", "7"),
        (UpstreamUnavailableError("x"), "Retry-After", "2"),
        (StorageUnavailableError("x"), "Retry-After", "2"),
    ],
)
async def test_what_a_client_needs_to_go_on_stands_in_a_header(own, error, name, value):
    assert (await answer_to(own, error)).headers[name] == value
    assert problem_of(PROBLEMS, error).headers[name] == value


@pytest.mark.parametrize("error", [InvalidAccountError("no e-mail"), UpstreamTimeoutError("late")])
async def test_the_text_of_a_refusal_is_its_detail(own, error):
    assert (await answer_to(own, error)).json()["detail"] == str(error)
