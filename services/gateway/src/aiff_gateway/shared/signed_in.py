"""Routes for whoever is signed in, whatever they may do."""

from typing import Annotated, Any

from fastapi import Depends, Request

from aiff_kit.auth import Principal, caller
from aiff_kit.problems import UNAUTHENTICATED, Problem

# What the API document says of such a route: any credential will do, but there must be one.
SIGNED_IN: dict[str, Any] = {"security": [{"apiKey": []}, {"bearer": []}]}


async def _signed_in(request: Request) -> Principal:
    principal = caller(request)
    if principal.anonymous:
        raise Problem(UNAUTHENTICATED, headers={"WWW-Authenticate": "Bearer"})
    return principal


SignedIn = Annotated[Principal, Depends(_signed_in)]
