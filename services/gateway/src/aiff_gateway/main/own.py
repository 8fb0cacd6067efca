"""The application of the gateway's own routes, behind the edge like any service."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI, Request
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from aiff_gateway.edge.entrypoints.http.problems import problem_of
from aiff_gateway.main.problems import PROBLEMS
from aiff_gateway.shared.errors import GatewayError
from aiff_kit.auth import IdentityVerifier
from aiff_kit.http import Health, service_app
from aiff_kit.problems import UNAVAILABLE, response_of

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def own_app(
    verifier: IdentityVerifier,
    health: Health,
    lifespan: Lifespan | None,
) -> FastAPI:
    """Return the application without its routes; the edge measures and traces its requests.

    The framework's own `/openapi.json` gives way to the merged document. What is unavailable is
    answered and logged as in every service, everything else as the edge answers it.
    """
    app = service_app(
        "AI Factory France: gateway",
        (),
        {error: kind for error, kind in PROBLEMS.items() if kind is UNAVAILABLE},
        verifier,
        health=health,
        lifespan=lifespan,
        observed=False,
    )
    app.router.routes[:] = [
        route for route in app.router.routes if getattr(route, "path", "") != "/openapi.json"
    ]
    app.add_exception_handler(GatewayError, _expected)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    return app


def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, GatewayError)  # noqa: S101  Registered for this class only.
    return response_of(problem_of(PROBLEMS, error), request.scope)
