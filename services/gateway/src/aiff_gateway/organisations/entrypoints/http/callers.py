"""Who may call the routes of organisations: people who signed in, and administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from aiff_gateway.credentials.entrypoints.http.callers import OwnSession
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.problems import NOT_FOUND, Problem

TeamInPath = Annotated[
    str,
    Path(min_length=1, max_length=80, description="The organisation that you act for: its slug."),
]


async def signed_in_person(session: OwnSession) -> UUID:
    """Return the person of a session, whomever it acts for."""
    return UUID(session.principal.subject)


async def team_of_member(team: TeamInPath, session: OwnSession) -> str:
    """Return the organisation of the path to a person who belongs to it and acts for it.

    A key learns nothing of people: it is made for listings or needs.
    """
    return _acted_for(team, session.principal)


async def team_of_administrator(
    team: TeamInPath, caller: Annotated[Principal, requires(Scope.TEAMS_MANAGE)]
) -> str:
    """Return the organisation of the path to somebody who administers it and acts for it."""
    return _acted_for(team, caller)


def _acted_for(team: str, caller: Principal) -> str:
    """Anybody else's organisation does not exist for the caller."""
    if caller.organisation != team:
        raise Problem(NOT_FOUND, "you do not act for this organisation; change for whom you act")
    return team


Person = Annotated[UUID, Depends(signed_in_person)]
OwnTeam = Annotated[str, Depends(team_of_member)]
AdministeredTeam = Annotated[str, Depends(team_of_administrator)]
