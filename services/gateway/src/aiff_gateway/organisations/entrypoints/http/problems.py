"""Which error of the organisations is which kind of problem."""

from collections.abc import Mapping

from aiff_gateway.organisations.domain.errors import (
    AlreadyMemberError,
    InvalidOrganisationError,
    InvalidSuccessorError,
    LastAdministratorError,
    MemberNotFoundError,
    TeamNotFoundError,
)
from aiff_kit.problems import CONFLICT, INVALID, NOT_FOUND, ProblemType, problem_type

LAST_ADMINISTRATOR = problem_type(
    "last-administrator",
    409,
    ("Dernier administrateur", "Last administrator"),
    (
        "Nommez d'abord un autre administrateur.",
        "Make another member administrator first.",
    ),
)

PROBLEMS: Mapping[type[Exception], ProblemType] = {
    AlreadyMemberError: CONFLICT,
    InvalidOrganisationError: INVALID,
    InvalidSuccessorError: INVALID,
    LastAdministratorError: LAST_ADMINISTRATOR,
    MemberNotFoundError: NOT_FOUND,
    TeamNotFoundError: NOT_FOUND,
}
