"""The signed internal identity: a service answers only calls that came through the gateway."""

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jwt
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as AsgiScope

from aiff_kit.auth.principal import Principal, known_scopes
from aiff_kit.problems import NOT_THROUGH_GATEWAY, Problem, send_problem

IDENTITY_HEADER = "x-aiff-identity"
_ISSUER = "aiff-gateway"
_ALGORITHM = "HS256"
_LIFE_SECONDS = 60
# Paths that carry no data and that a probe or the gateway's own start must reach.
_OPEN_PATHS = frozenset(("/health/live", "/health/ready", "/openapi.json"))


class IdentityError(Exception):
    """The identity is missing, forged, expired or meant for another service."""


class IdentitySigner:
    """Signs who calls, for one target service, for a minute."""

    def __init__(self, secret: str) -> None:
        """Keep the secret that all services share."""
        self._secret = secret

    def sign(self, principal: Principal, audience: str, now: float | None = None) -> str:
        """Return the header's value."""
        issued = int(time.time() if now is None else now)
        claims = {
            "iss": _ISSUER,
            "aud": audience,
            "sub": principal.subject,
            "org": principal.organisation,
            "acting_for": principal.acting_for,
            "scopes": sorted(principal.scopes),
            "iat": issued,
            "exp": issued + _LIFE_SECONDS,
        }
        return jwt.encode(claims, self._secret, algorithm=_ALGORITHM)


class IdentityVerifier:
    """Checks the header and returns the caller."""

    def __init__(self, secret: str, audience: str) -> None:
        """Keep the shared secret and this service's name."""
        self._secret = secret
        self._audience = audience
        # The gateway sends the same token for a caller during its life: check a signature once.
        self._checked = lru_cache(maxsize=4096)(self._check)

    def verify(self, token: str | None) -> Principal:
        """Return the caller; IdentityError for anything but a valid, current identity."""
        if not token:
            message = "no identity"
            raise IdentityError(message)
        principal, expires = self._checked(token)
        if expires <= time.time():
            message = "expired identity"
            raise IdentityError(message)
        return principal

    def _check(self, token: str) -> tuple[Principal, float]:
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                audience=self._audience,
                issuer=_ISSUER,
                options={"require": ["exp", "sub", "aud", "iss", "iat"]},
            )
            principal = _principal(claims)
        except (jwt.PyJWTError, ValueError, KeyError) as error:
            raise IdentityError(str(error)) from error
        return principal, float(claims["exp"])


def _principal(claims: Mapping[str, Any]) -> Principal:
    scopes = known_scopes(claims["scopes"])
    return Principal(claims["sub"], claims.get("org"), scopes, claims.get("acting_for"))


class IdentityMiddleware:
    """Refuses requests without a valid identity and hands the caller to the application."""

    def __init__(self, app: ASGIApp, verifier: IdentityVerifier) -> None:
        """Wrap an application."""
        self._app = app
        self._verifier = verifier

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Let open paths pass, verify everything else."""
        if scope["type"] != "http" or scope["path"] in _OPEN_PATHS:
            await self._app(scope, receive, send)
            return
        try:
            scope["principal"] = self._verifier.verify(Headers(scope=scope).get(IDENTITY_HEADER))
        except IdentityError:
            await send_problem(Problem(NOT_THROUGH_GATEWAY), scope, receive, send)
            return
        await self._app(scope, receive, send)
