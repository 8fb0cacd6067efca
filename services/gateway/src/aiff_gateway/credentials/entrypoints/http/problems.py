"""The kinds of problem that callers meet with sessions and keys."""

from collections.abc import Mapping

from aiff_gateway.credentials.domain.errors import (
    CredentialNotFoundError,
    ExpiryInThePastError,
    KeyEndedError,
    NotActingForError,
    ScopesNotHeldError,
    TooManyKeysError,
    WrongSignInError,
)
from aiff_gateway.limits.domain.errors import TooManyAttemptsError
from aiff_kit.problems import (
    CONFLICT,
    FORBIDDEN,
    NOT_FOUND,
    TOO_MANY_REQUESTS,
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
BEARER = {"WWW-Authenticate": "Bearer"}

PROBLEMS: Mapping[type[Exception], ProblemType] = {
    CredentialNotFoundError: NOT_FOUND,
    ExpiryInThePastError: EXPIRY_IN_THE_PAST,
    KeyEndedError: CONFLICT,
    NotActingForError: FORBIDDEN,
    ScopesNotHeldError: FORBIDDEN,
    TooManyKeysError: CONFLICT,
    TooManyAttemptsError: TOO_MANY_REQUESTS,
    WrongSignInError: SIGN_IN_FAILED,
}
