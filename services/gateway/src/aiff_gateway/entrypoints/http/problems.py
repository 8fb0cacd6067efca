"""The kinds of problem that only the gateway has, and which error is which kind."""

from collections.abc import Mapping

from aiff_gateway.domain.errors import (
    AccountNotFoundError,
    CredentialNotFoundError,
    ExpiryInThePastError,
    GatewayError,
    ScopesNotHeldError,
    StorageUnavailableError,
    TooManyKeysError,
    TooManySignInsError,
    UpstreamTimeoutError,
    UpstreamUnavailableError,
    WrongSignInError,
)
from aiff_kit.problems import (
    CONFLICT,
    FORBIDDEN,
    NOT_FOUND,
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
CREDENTIAL_REFUSED = problem_type(
    "credential-refused",
    401,
    ("Identification refusée", "Credential refused"),
    (
        "La clé ou la session est inconnue, expirée ou révoquée : prenez-en une nouvelle.",
        "The key or session is unknown, expired or revoked: get a new one.",
    ),
)
SIGN_IN_FAILED = problem_type(
    "sign-in-failed",
    401,
    ("Connexion refusée", "Sign-in failed"),
    (
        "L'adresse et le mot de passe ne correspondent pas.",
        "E-mail and password do not fit.",
    ),
)
SLOW_BODY = problem_type(
    "slow-body",
    408,
    ("Corps trop lent", "Body too slow"),
    ("Envoyez le corps sans attendre.", "Send the body without pausing."),
)
EXPIRY_IN_THE_PAST = problem_type(
    "expiry-in-the-past",
    422,
    ("Échéance passée", "Expiry in the past"),
    ("Choisissez un instant à venir.", "Choose an instant in the future."),
)
BEARER = {"WWW-Authenticate": "Bearer"}

ERRORS: Mapping[type[Exception], ProblemType] = {
    AccountNotFoundError: NOT_FOUND,
    CredentialNotFoundError: NOT_FOUND,
    ExpiryInThePastError: EXPIRY_IN_THE_PAST,
    ScopesNotHeldError: FORBIDDEN,
    StorageUnavailableError: UNAVAILABLE,
    TooManyKeysError: CONFLICT,
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
