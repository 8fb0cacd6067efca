"""What the routes work with, put into the application by `main`."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import CursorSigner, IdempotencyStore
from aiff_matching.application.authoring import RuleChecks
from aiff_matching.application.needs import NeedCommands
from aiff_matching.application.queries import MatchQueries, PlanQueries
from aiff_matching.application.startups import StartUpCommands

ReadStartUps = Annotated[Principal, requires(Scope.STARTUPS_READ)]
WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]
WriteStartUps = Annotated[Principal, requires(Scope.STARTUPS_WRITE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases behind the routes."""

    matches: MatchQueries
    plans: PlanQueries
    rules: RuleChecks
    startups: StartUpCommands
    needs: NeedCommands
    cursors: CursorSigner
    idempotency: IdempotencyStore


async def _services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


Matching = Annotated[Services, Depends(_services)]
