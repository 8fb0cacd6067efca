"""Which error of the accounts is which kind of problem."""

from collections.abc import Mapping

from aiff_gateway.accounts.domain.errors import (
    AccountExistsError,
    AccountNotFoundError,
    InvalidAccountError,
)
from aiff_kit.problems import CONFLICT, INVALID, NOT_FOUND, ProblemType

PROBLEMS: Mapping[type[Exception], ProblemType] = {
    AccountExistsError: CONFLICT,
    AccountNotFoundError: NOT_FOUND,
    InvalidAccountError: INVALID,
}
