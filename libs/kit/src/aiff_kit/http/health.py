"""Liveness (the process answers) and readiness (its surroundings answer too)."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from fastapi.responses import JSONResponse

# A check returns normally when all is well and raises with the reason when not.
Check = Callable[[], None]


def health_routes(checks: Mapping[str, Check]) -> APIRouter:
    """Return the two routes; readiness runs every check and names those that fail."""
    router = APIRouter(prefix="/health", include_in_schema=False)

    @router.get("/live")
    async def live() -> JSONResponse:
        return JSONResponse({"status": "alive"})

    @router.get("/ready")
    def ready() -> JSONResponse:
        found = {name: _outcome(check) for name, check in checks.items()}
        healthy = all(outcome == "ok" for outcome in found.values())
        body = {"status": "ready" if healthy else "not ready", "checks": found}
        headers = {} if healthy else {"Retry-After": "5"}
        return JSONResponse(body, 200 if healthy else 503, headers)

    return router


def _outcome(check: Check) -> str:
    try:
        check()
    except Exception as error:  # noqa: BLE001  Whatever fails makes the service not ready.
        return f"failed: {type(error).__name__}"
    return "ok"
