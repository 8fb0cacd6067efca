"""Organisations with their adapters."""

from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter
from sqlalchemy import Engine

from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.organisations.application.advising import Advising
from aiff_gateway.organisations.application.expiring_keys import ExpiringKeys
from aiff_gateway.organisations.application.invitations import Inviting
from aiff_gateway.organisations.application.ports import ListedOrganisations
from aiff_gateway.organisations.application.representing import Representing
from aiff_gateway.organisations.application.teams import Teams
from aiff_gateway.organisations.entrypoints.http.advisers import adviser_routes
from aiff_gateway.organisations.entrypoints.http.invitations import invitation_routes
from aiff_gateway.organisations.entrypoints.http.requests import request_routes
from aiff_gateway.organisations.entrypoints.http.teams import team_routes
from aiff_kit.clock import Clock
from aiff_kit.http import CursorSigner


@dataclass(frozen=True, slots=True)
class OrganisationParts:
    """What the routes of organisations call."""

    teams: Teams
    inviting: Inviting
    advising: Advising
    representing: Representing
    listed: ListedOrganisations
    clock: Clock

    def routes(self, authenticator: Authenticator, cursors: CursorSigner) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        router.include_router(team_routes(self.teams, authenticator))
        router.include_router(invitation_routes(self.inviting, self.clock))
        router.include_router(adviser_routes(self.advising))
        router.include_router(request_routes(self.representing, self.listed, cursors))
        return router


def expiring_keys(engine: Engine, clock: Clock) -> ExpiringKeys:
    """Return the worker's step."""
    return ExpiringKeys(partial(SqlUnitOfWork, engine), clock)


def wire_organisations(
    engine: Engine, listed: ListedOrganisations, clock: Clock
) -> OrganisationParts:
    """Return the use cases; `listed` are the organisations of the catalogue."""
    open_uow = partial(SqlUnitOfWork, engine)
    return OrganisationParts(
        teams=Teams(open_uow, clock),
        inviting=Inviting(open_uow, clock),
        advising=Advising(open_uow, clock),
        representing=Representing(open_uow, clock),
        listed=listed,
        clock=clock,
    )
