"""The kinds of problem that callers meet with sessions and keys."""

from collections.abc import Mapping

from aiff_gateway.credentials.domain.errors import (
    CredentialNotFoundError,
    ExpiryInThePastError,
    FreshSignInNeededError,
    KeyEndedError,
    NotActingForError,
    ScopesNotHeldError,
    SessionNotFoundError,
    TooManyKeysError,
    TooManyWaitingError,
    WrongSignInError,
)
from aiff_gateway.limits.domain.errors import TooManyAttemptsError
from aiff_kit.problems import (
    CONFLICT,
    FORBIDDEN,
    NOT_FOUND,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    ProblemType,
    problem_type,
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
EXPIRY_IN_THE_PAST = problem_type(
    "expiry-in-the-past",
    422,
    ("Échéance passée", "Expiry in the past"),
    ("Choisissez un instant à venir.", "Choose an instant in the future."),
)
FRESH_SIGN_IN_NEEDED = problem_type(
    "fresh-sign-in-needed",
    403,
    ("Connexion récente nécessaire", "Fresh sign-in needed"),
    (
        "Reconnectez-vous en montrant votre session, puis réessayez dans le quart d'heure.",
        "Sign in again while showing your session, then retry within a quarter of an hour.",
    ),
)
BEARER = {"WWW-Authenticate": "Bearer"}

PROBLEMS: Mapping[type[Exception], ProblemType] = {
    CredentialNotFoundError: NOT_FOUND,
    ExpiryInThePastError: EXPIRY_IN_THE_PAST,
    KeyEndedError: CONFLICT,
    NotActingForError: FORBIDDEN,
    FreshSignInNeededError: FRESH_SIGN_IN_NEEDED,
    ScopesNotHeldError: FORBIDDEN,
    SessionNotFoundError: NOT_FOUND,
    TooManyKeysError: CONFLICT,
    TooManyAttemptsError: TOO_MANY_REQUESTS,
    TooManyWaitingError: UNAVAILABLE,
    WrongSignInError: SIGN_IN_FAILED,
}
