"""What the routes work with, put into the application by `main`."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from aiff_kit.auth import Principal, Scope, caller, requires
from aiff_kit.http import CursorSigner, IdempotencyStore
from aiff_kit.problems import FORBIDDEN, Problem
from aiff_matching.application.alerts import AlertCommands
from aiff_matching.application.answering import IntroductionTray, ReceivedIntroductions
from aiff_matching.application.authoring import RuleChecks
from aiff_matching.application.coverage import CoverageRounds
from aiff_matching.application.discoverability import DiscoverabilityCommands
from aiff_matching.application.exposure import ExposureCap, ExposureMeter
from aiff_matching.application.introductions import IntroductionCommands
from aiff_matching.application.needs import NeedCommands
from aiff_matching.application.partner_searches import PartnerSearchCommands, StartUpFinder
from aiff_matching.application.queries import JourneyQueries, MatchQueries, PlanQueries
from aiff_matching.application.startups import StartUpCommands

AnswerIntroductions = Annotated[Principal, requires(Scope.INTRODUCTIONS_ANSWER)]
CurateIntroductions = Annotated[Principal, requires(Scope.INTRODUCTIONS_CURATE)]
Caller = Annotated[Principal, Depends(caller)]
FindStartUps = Annotated[Principal, requires(Scope.STARTUPS_FIND)]
ReadStartUps = Annotated[Principal, requires(Scope.STARTUPS_READ)]
RequestIntroductions = Annotated[Principal, requires(Scope.INTRODUCTIONS_REQUEST)]
WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]
WriteStartUps = Annotated[Principal, requires(Scope.STARTUPS_WRITE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases behind the routes."""

    matches: MatchQueries
    plans: PlanQueries
    journeys: JourneyQueries
    rules: RuleChecks
    startups: StartUpCommands
    needs: NeedCommands
    alerts: AlertCommands
    introductions: IntroductionCommands
    received: ReceivedIntroductions
    tray: IntroductionTray
    meter: ExposureMeter
    exposure: ExposureCap
    coverage: CoverageRounds
    searches: PartnerSearchCommands
    finder: StartUpFinder
    discoverability: DiscoverabilityCommands
    cursors: CursorSigner
    idempotency: IdempotencyStore


async def _services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


Matching = Annotated[Services, Depends(_services)]


def organisation_of(principal: Principal) -> str:
    """Return the organisation that the caller acts for; without one the request is refused."""
    if principal.organisation is None:
        raise Problem(FORBIDDEN, "this operation is for accounts that act for an organisation")
    return principal.organisation
