"""The application that every service starts from."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

import structlog
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from aiff_contracts.codec import Faults, faults_of
from aiff_kit.auth.identity import IdentityMiddleware, IdentityVerifier
from aiff_kit.db import DATABASE_AWAY
from aiff_kit.http.admission import Admission, AdmissionMiddleware
from aiff_kit.http.correlation import CorrelationMiddleware
from aiff_kit.http.description import describe
from aiff_kit.http.health import Health, health_routes
from aiff_kit.http.methods import allowed
from aiff_kit.http.observed import ObservedMiddleware, route_of
from aiff_kit.http.parameters import parameter_faults
from aiff_kit.observability import flush_traces, quotable
from aiff_kit.problems import (
    INTERNAL,
    INVALID,
    METHOD_NOT_ALLOWED,
    UNAVAILABLE,
    UNKNOWN_PARAMETER,
    Problem,
    ProblemType,
    of_status,
    response_of,
)

ErrorTable = Mapping[type[Exception], ProblemType]
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

# A gateway keeps up to 100 connections to a service, and there may be several gateways.
_MOST_AT_ONCE = 256

_log = structlog.get_logger(__name__)


def service_app(
    title: str,
    routers: Iterable[APIRouter],
    errors: ErrorTable,
    verifier: IdentityVerifier,
    *,
    health: Health | None = None,
    lifespan: Lifespan | None = None,
    observed: bool = True,
) -> FastAPI:
    """Return an application with routes, health, problems, request ids and signed callers.

    `errors` maps each domain error to its problem type; the error's text becomes the detail,
    save for 503, whose cause (addresses, statements) is for the log only. A database out of reach
    is 503 in every service. What is not named is a 500 with the request id and no text.

    `observed` measures and traces the requests; the
    gateway's own routes leave that to its edge.
    """
    app = _bare_app(title, lifespan)
    for router in routers:
        app.include_router(router)
    app.include_router(health_routes(health or Health()))
    _handle_errors(app, errors)
    describe(app)
    app.add_middleware(IdentityMiddleware, verifier=verifier)
    app.add_middleware(AdmissionMiddleware, admission=Admission(_MOST_AT_ONCE))
    if observed:
        app.add_middleware(ObservedMiddleware)
    app.add_middleware(CorrelationMiddleware)
    return app


def _bare_app(title: str, lifespan: Lifespan | None) -> FastAPI:
    """Return the framework's application, described so that clients can be generated from it."""
    return FastAPI(
        title=title,
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=_flushing(lifespan),
        # The operation is called as the function, and what is read and sent is one class.
        generate_unique_id_function=lambda route: route.name,
        separate_input_output_schemas=False,
    )


def _flushing(lifespan: Lifespan | None) -> Lifespan:
    """Send the last spans when the application stops: the server then ends by a signal."""

    @asynccontextmanager
    async def around(app: FastAPI) -> AsyncIterator[None]:
        async with lifespan(app) if lifespan else nullcontext():
            yield
        await asyncio.to_thread(flush_traces)

    return around


def _handle_errors(app: FastAPI, errors: ErrorTable) -> None:
    def mapped(kind: ProblemType) -> Callable[[Request, Exception], Response]:
        def handle(request: Request, error: Exception) -> Response:
            return response_of(Problem(kind, str(error)), request.scope)

        return _unavailable if kind is UNAVAILABLE else handle

    for error_class, kind in {**dict.fromkeys(DATABASE_AWAY, UNAVAILABLE), **errors}.items():
        app.add_exception_handler(error_class, mapped(kind))
    app.add_exception_handler(HTTPException, _framework_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(Faults, _faults)
    app.add_exception_handler(Exception, _unmapped)


def _unavailable(request: Request, error: Exception) -> Response:
    reason = quotable(error.__cause__ or error)
    _log.warning("unavailable", route=route_of(request.scope), reason=reason)
    return response_of(Problem(UNAVAILABLE, headers={"Retry-After": "2"}), request.scope)


def _framework_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  Registered for this class only.
    problem = of_status(error)
    if problem.kind is METHOD_NOT_ALLOWED:
        # The framework names the methods of one route only, and a path may have several.
        methods = allowed(request.app.openapi(), request.url.path)
        problem.headers = {"Allow": ", ".join(methods)} if methods else problem.headers
    return response_of(problem, request.scope)


def _faults(request: Request, error: Exception) -> Response:
    assert isinstance(error, Faults)  # noqa: S101  Registered for this class only.
    return response_of(Problem(INVALID, faults=error.faults), request.scope)


def _validation_error(request: Request, error: Exception) -> Response:
    """Faults of the address (query, path, header) are 400, faults of the body 422."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  Registered for this class only.
    faults = list(error.errors())
    outside = [fault for fault in faults if fault["loc"][0] != "body"]
    if outside:
        problem = Problem(UNKNOWN_PARAMETER, faults=parameter_faults(outside, request))
    else:
        inside = [{**fault, "loc": fault["loc"][1:]} for fault in faults]
        problem = Problem(INVALID, faults=faults_of(inside, error.body))
    return response_of(problem, request.scope)


def _unmapped(request: Request, error: Exception) -> Response:
    route = route_of(request.scope)
    _log.error("unexpected error", method=request.method, route=route, exc_info=error)
    return response_of(Problem(INTERNAL), request.scope)
