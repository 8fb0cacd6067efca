"""Which error of the organisations is which kind of problem."""

from collections.abc import Mapping

from aiff_gateway.organisations.domain.errors import (
    AdviserNotFoundError,
    AlreadyMemberError,
    InvalidOrganisationError,
    InvalidSuccessorError,
    InvitationNotFoundError,
    LastAdministratorError,
    MemberNotFoundError,
    NotAdvisableError,
    NotInvitedError,
    NotListedError,
    OwnRequestError,
    RequestDecidedError,
    RequestNotFoundError,
    SlugTakenError,
    StaleRequestError,
    TeamNotFoundError,
    TooManyInvitationsError,
)
from aiff_kit.problems import (
    CONFLICT,
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    PRECONDITION_FAILED,
    ProblemType,
    problem_type,
)

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
    AdviserNotFoundError: NOT_FOUND,
    AlreadyMemberError: CONFLICT,
    InvalidOrganisationError: INVALID,
    InvalidSuccessorError: INVALID,
    InvitationNotFoundError: NOT_FOUND,
    LastAdministratorError: LAST_ADMINISTRATOR,
    MemberNotFoundError: NOT_FOUND,
    NotAdvisableError: INVALID,
    NotInvitedError: FORBIDDEN,
    NotListedError: INVALID,
    OwnRequestError: FORBIDDEN,
    RequestDecidedError: CONFLICT,
    RequestNotFoundError: NOT_FOUND,
    SlugTakenError: CONFLICT,
    StaleRequestError: PRECONDITION_FAILED,
    TeamNotFoundError: NOT_FOUND,
    TooManyInvitationsError: CONFLICT,
}
