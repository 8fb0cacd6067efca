"""Which error of matching is which answer."""

from aiff_kit.http.app import ErrorTable
from aiff_kit.problems import NOT_FOUND, PRECONDITION_FAILED
from aiff_matching.domain import errors

ERRORS: ErrorTable = {
    errors.StartUpNotFoundError: NOT_FOUND,
    errors.NeedNotFoundError: NOT_FOUND,
    errors.StaleVersionError: PRECONDITION_FAILED,
}
