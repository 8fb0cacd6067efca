"""Which error of the accounts is which kind of problem."""

from collections.abc import Mapping

from aiff_gateway.accounts.domain.errors import (
    AccountExistsError,
    AccountNotFoundError,
    InvalidAccountError,
    LinkRefusedError,
    WeakPasswordError,
)
from aiff_kit.problems import CONFLICT, INVALID, NOT_FOUND, ProblemType, problem_type

LINK_REFUSED = problem_type(
    "link-refused",
    410,
    ("Lien sans effet", "Link without effect"),
    (
        "Ce lien a déjà servi, a expiré ou est incomplet : demandez-en un nouveau.",
        "This link was used, has expired or is damaged: ask for a new one.",
    ),
)
PASSWORD_REFUSED = problem_type(
    "password-refused",
    422,
    ("Mot de passe refusé", "Password refused"),
    (
        "Choisissez au moins 12 caractères que d'autres n'essaieraient pas en premier.",
        "Choose at least 12 characters that others would not try first.",
    ),
)

PROBLEMS: Mapping[type[Exception], ProblemType] = {
    AccountExistsError: CONFLICT,
    AccountNotFoundError: NOT_FOUND,
    InvalidAccountError: INVALID,
    LinkRefusedError: LINK_REFUSED,
    WeakPasswordError: PASSWORD_REFUSED,
}
