"""The kinds of problem that callers meet with mail."""

from collections.abc import Mapping

from aiff_gateway.mail.domain.errors import UnreadableReportError, UnreadableTokenError
from aiff_kit.problems import INVALID, NOT_FOUND, ProblemType

PROBLEMS: Mapping[type[Exception], ProblemType] = {
    UnreadableReportError: INVALID,
    UnreadableTokenError: NOT_FOUND,
}
