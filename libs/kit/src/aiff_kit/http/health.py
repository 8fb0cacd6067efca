"""Liveness (the process moves) and readiness (its surroundings answer too)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.responses import Response

from aiff_kit.observability import Check, health_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is asked when an orchestrator asks.

    Liveness never asks anybody else: a database that is away must not make an orchestrator end
    the process.
    """

    ready: Mapping[str, Check] = field(default_factory=dict)
    alive: Mapping[str, Check] = field(default_factory=dict)


def health_routes(health: Health) -> APIRouter:
    """Return the two routes; each runs its checks and names those that fail."""
    router = APIRouter(prefix="/health", include_in_schema=False)

    @router.get("/live")
    async def is_alive() -> Response:
        status, media_type, body = health_page("alive", "stuck", health.alive)
        return Response(body, status, media_type=media_type)

    @router.get("/ready")
    def is_ready() -> Response:
        status, media_type, body = health_page("ready", "not ready", health.ready)
        headers = {} if status == 200 else {"Retry-After": "5"}  # noqa: PLR2004
        return Response(body, status, headers, media_type=media_type)

    return router
