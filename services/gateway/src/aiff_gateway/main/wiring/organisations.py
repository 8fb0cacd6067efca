"""Organisations with their adapters."""

from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter
from sqlalchemy import Engine

from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.organisations.application.teams import Teams
from aiff_gateway.organisations.entrypoints.http.teams import team_routes
from aiff_kit.clock import Clock


@dataclass(frozen=True, slots=True)
class OrganisationParts:
    """What the routes of organisations call."""

    teams: Teams

    def routes(self, authenticator: Authenticator) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        router.include_router(team_routes(self.teams, authenticator))
        return router


def wire_organisations(engine: Engine, clock: Clock) -> OrganisationParts:
    """Return the use cases."""
    return OrganisationParts(Teams(partial(SqlUnitOfWork, engine), clock))
