"""The kinds of problem that only the edge has, and how errors are answered."""

from collections.abc import Mapping

from aiff_gateway.credentials.entrypoints.http.problems import BEARER, SIGN_IN_FAILED
from aiff_gateway.edge.domain.errors import UpstreamTimeoutError, UpstreamUnavailableError
from aiff_gateway.limits.domain.errors import TooManyAttemptsError
from aiff_gateway.shared.errors import GatewayError, StorageUnavailableError
from aiff_kit.problems import (
    INTERNAL,
    TIMEOUT,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    Problem,
    ProblemType,
    nearest,
    problem_type,
)

CREDENTIAL_IN_ADDRESS = problem_type(
    "credential-in-address",
    400,
    ("Clé dans l'adresse", "Key in the address"),
    (
        "Envoyez la clé dans l'en-tête X-API-Key ; renouvelez celle-ci : elle a pu être notée.",
        "Send the key in the X-API-Key header; rotate this one, it may have been logged.",
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

PROBLEMS: Mapping[type[Exception], ProblemType] = {
    StorageUnavailableError: UNAVAILABLE,
    UpstreamTimeoutError: TIMEOUT,
    UpstreamUnavailableError: UNAVAILABLE,
}
# These say what to do in general: the error's own text is for the log, or says nothing more.
_WITHOUT_DETAIL = frozenset((SIGN_IN_FAILED, TOO_MANY_REQUESTS, UNAVAILABLE))
_HEADERS: Mapping[ProblemType, Mapping[str, str]] = {
    SIGN_IN_FAILED: BEARER,
    UNAVAILABLE: {"Retry-After": "2"},
}


def problem_of(problems: Mapping[type[Exception], ProblemType], error: GatewayError) -> Problem:
    """Return an expected error as the problem that is answered: the nearest class's in the table.

    An error that no table names is answered like any other fault of ours, without its text.
    """
    kind = nearest(problems, type(error))
    if kind is None:
        return Problem(INTERNAL)
    headers = _HEADERS.get(kind)
    if isinstance(error, TooManyAttemptsError):
        headers = {"Retry-After": str(error.retry_after)}
    detail = None if kind in _WITHOUT_DETAIL else str(error)
    return Problem(kind, detail, headers=headers)
