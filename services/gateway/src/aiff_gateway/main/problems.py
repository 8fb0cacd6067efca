"""Which error of any capability is which kind of problem; the nearest class wins."""

from collections.abc import Mapping

from aiff_gateway.accounts.entrypoints.http.problems import PROBLEMS as OF_ACCOUNTS
from aiff_gateway.credentials.entrypoints.http.problems import PROBLEMS as OF_CREDENTIALS
from aiff_gateway.edge.entrypoints.http.problems import PROBLEMS as OF_THE_EDGE
from aiff_gateway.mail.entrypoints.http.problems import PROBLEMS as OF_MAIL
from aiff_gateway.organisations.entrypoints.http.problems import PROBLEMS as OF_ORGANISATIONS
from aiff_kit.problems import ProblemType

PROBLEMS: Mapping[type[Exception], ProblemType] = {
    **OF_ACCOUNTS,
    **OF_CREDENTIALS,
    **OF_ORGANISATIONS,
    **OF_THE_EDGE,
    **OF_MAIL,
}
