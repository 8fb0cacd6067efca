"""Policy in a route's signature: `curator: Annotated[Principal, requires(Scope.OFFERS_WRITE)]`.

Dependencies are coroutines, although they wait for nothing: the framework takes a plain function
to a thread, which costs each request more than the function itself.
"""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request

from aiff_kit.auth.principal import ANONYMOUS, Principal, Scope
from aiff_kit.problems import FORBIDDEN, UNAUTHENTICATED, Problem


def caller(request: Request) -> Principal:
    """Return who calls, anonymous included."""
    principal: Principal = request.scope.get("principal", ANONYMOUS)
    return principal


async def _caller(request: Request) -> Principal:
    return caller(request)


# Whoever calls, anonymous included.
AnyCaller = Depends(_caller)


@dataclass(frozen=True, slots=True)
class ScopeCheck:
    """Admits only callers with a scope; the API document names it."""

    scope: Scope

    async def __call__(self, request: Request) -> Principal:
        """Return the caller; 401 for anonymous ones, 403 for those without the scope."""
        principal = caller(request)
        if principal.anonymous:
            raise Problem(UNAUTHENTICATED, headers={"WWW-Authenticate": "Bearer"})
        if not principal.may(self.scope):
            raise Problem(FORBIDDEN, f"this operation needs the scope {self.scope}")
        return principal


def requires(scope: Scope) -> Any:
    """Return the dependency that admits only callers with the scope (401 and 403 else)."""
    return Depends(ScopeCheck(scope))
