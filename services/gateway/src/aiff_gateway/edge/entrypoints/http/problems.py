"""The kinds of problem that only the edge has, and which error is which kind."""

from collections.abc import Mapping

from aiff_gateway.credentials.domain.errors import WrongSignInError
from aiff_gateway.credentials.entrypoints.http.problems import BEARER, PROBLEMS, SIGN_IN_FAILED
from aiff_gateway.edge.domain.errors import UpstreamTimeoutError, UpstreamUnavailableError
from aiff_gateway.limits.domain.errors import TooManySignInsError
from aiff_gateway.shared.errors import GatewayError, StorageUnavailableError
from aiff_kit.problems import (
    TIMEOUT,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    Problem,
    ProblemType,
    problem_type,
)

CREDENTIAL_IN_ADDRESS = problem_type(
    "credential-in-address",
    400,
    ("Clé dans l'adresse", "Key in the address"),
    (
        "Envoyez la clé dans l'en-tête X-API-Key ; révoquez celle-ci, elle a pu être journalisée.",
        "Send the key in the X-API-Key header; revoke this one, it may have been logged.",
    ),
)
TWO_CREDENTIALS = problem_type(
    "two-credentials",
    400,
    ("Deux identifications", "Two credentials"),
    (
        "Envoyez Authorization ou X-API-Key, pas les deux.",
        "Send Authorization or X-API-Key, not both.",
    ),
)
SLOW_BODY = problem_type(
    "slow-body",
    408,
    ("Corps trop lent", "Body too slow"),
    ("Envoyez le corps sans attendre.", "Send the body without pausing."),
)

ERRORS: Mapping[type[Exception], ProblemType] = {
    **PROBLEMS,
    StorageUnavailableError: UNAVAILABLE,
    UpstreamTimeoutError: TIMEOUT,
    UpstreamUnavailableError: UNAVAILABLE,
}


def problem_of(error: GatewayError) -> Problem:
    """Return an expected error as the problem that is answered."""
    match error:
        case TooManySignInsError(retry_after=seconds):
            return Problem(TOO_MANY_REQUESTS, headers={"Retry-After": str(seconds)})
        case WrongSignInError():
            return Problem(SIGN_IN_FAILED, headers=BEARER)
        case UpstreamUnavailableError() | StorageUnavailableError():
            return Problem(UNAVAILABLE, headers={"Retry-After": "2"})
        case _:
            return Problem(ERRORS[type(error)], str(error))
