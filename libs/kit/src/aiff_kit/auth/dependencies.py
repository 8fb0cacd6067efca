"""Policy in a route's signature: `curator: Annotated[Principal, requires(Scope.OFFERS_WRITE)]`."""

from typing import Any

from fastapi import Depends, Request

from aiff_kit.auth.principal import ANONYMOUS, Principal, Scope
from aiff_kit.problems import FORBIDDEN, UNAUTHENTICATED, Problem


def caller(request: Request) -> Principal:
    """Return who calls, anonymous included."""
    principal: Principal = request.scope.get("principal", ANONYMOUS)
    return principal


def requires(scope: Scope) -> Any:
    """Return the dependency that admits only callers with the scope (401 and 403 else)."""

    def check(request: Request) -> Principal:
        principal = caller(request)
        if principal.anonymous:
            raise Problem(UNAUTHENTICATED, headers={"WWW-Authenticate": "Bearer"})
        if not principal.may(scope):
            raise Problem(FORBIDDEN, f"this operation needs the scope {scope}")
        return principal

    return Depends(check)
