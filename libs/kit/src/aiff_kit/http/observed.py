"""Every request measured, and done as a part of the trace that it came with."""

from time import perf_counter

from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aiff_kit.observability import HTTP_TIMES, HttpTimes, traced

UNMATCHED = "unmatched"
_HEALTH = "/health"
_SERVER_ERROR = 500


class ObservedMiddleware:
    """Measures a service's answers by route, method and status; probes are not counted."""

    def __init__(self, app: ASGIApp, times: HttpTimes = HTTP_TIMES) -> None:
        """Wrap an application."""
        self._app = app
        self._times = times

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what came of it."""
        if scope["type"] != "http" or scope["path"].startswith(_HEALTH):
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        status = _SERVER_ERROR

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with traced(scope["method"], SpanKind.SERVER, _traceparent(scope)) as span:
            try:
                await self._app(scope, receive, watched)
            finally:
                route = route_of(scope)
                self._times.observe(route, scope["method"], status, perf_counter() - began)
                if span is not None:
                    describe_answer(span, scope["method"], route, status)


def describe_answer(span: Span, method: str, route: str, status: int) -> None:
    """Say on a span what was asked and how it was answered, by template and without values."""
    span.update_name(f"{method} {route}")
    span.set_attributes(
        {
            "http.request.method": method,
            "http.route": route,
            "http.response.status_code": status,
        }
    )
    if status >= _SERVER_ERROR:
        span.set_status(Status(StatusCode.ERROR))


def _traceparent(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"traceparent":
            return str(value.decode("latin-1"))
    return None


def route_of(scope: Scope) -> str:
    """Return the template that the router found, never the address itself."""
    return getattr(scope.get("route"), "path", UNMATCHED)
