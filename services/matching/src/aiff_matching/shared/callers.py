"""Who calls, as the signature of a route names it: a route that asks for a right refuses others."""

from typing import Annotated

from fastapi import Depends

from aiff_kit.auth import Principal, Scope, caller, requires
from aiff_kit.problems import FORBIDDEN, Problem

AnswerIntroductions = Annotated[Principal, requires(Scope.INTRODUCTIONS_ANSWER)]
Caller = Annotated[Principal, Depends(caller)]
CurateIntroductions = Annotated[Principal, requires(Scope.INTRODUCTIONS_CURATE)]
FindStartUps = Annotated[Principal, requires(Scope.STARTUPS_FIND)]
ReadStartUps = Annotated[Principal, requires(Scope.STARTUPS_READ)]
RequestIntroductions = Annotated[Principal, requires(Scope.INTRODUCTIONS_REQUEST)]
WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]
WriteStartUps = Annotated[Principal, requires(Scope.STARTUPS_WRITE)]


def organisation_of(principal: Principal) -> str:
    """Return the organisation that the caller acts for; without one the request is refused."""
    if principal.organisation is None:
        raise Problem(FORBIDDEN, "this operation is for accounts that act for an organisation")
    return principal.organisation
