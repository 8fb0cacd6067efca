"""What the routes work with, put into the application by `main`."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from aiff_contracts.codec import Fault
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import CursorSigner, IdempotencyStore
from aiff_kit.problems import UNKNOWN_PARAMETER, Problem
from aiff_matching.application.needs import NeedCommands
from aiff_matching.application.queries import MatchQueries
from aiff_matching.application.startups import StartUpCommands

ReadStartUps = Annotated[Principal, requires(Scope.STARTUPS_READ)]
WriteStartUps = Annotated[Principal, requires(Scope.STARTUPS_WRITE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases behind the routes."""

    matches: MatchQueries
    startups: StartUpCommands
    needs: NeedCommands
    cursors: CursorSigner
    idempotency: IdempotencyStore


async def _services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


async def _no_parameters(request: Request) -> None:
    if request.url.query:
        detail = "this address takes no such parameter; remove it"
        names = dict.fromkeys(request.query_params)
        faults = [Fault(f"/{name}", "extra_forbidden", detail) for name in names]
        raise Problem(UNKNOWN_PARAMETER, faults=faults)


Matching = Annotated[Services, Depends(_services)]
NoParameters = Depends(_no_parameters)
