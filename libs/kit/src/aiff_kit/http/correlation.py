"""The request id: taken from the gateway, bound to the logs, returned with every answer."""

import re

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aiff_kit.ids import new_id

REQUEST_ID_HEADER = b"x-request-id"
_WELL_FORMED = re.compile(rb"[A-Za-z0-9._-]{8,64}")


def request_id_of(scope: Scope) -> str:
    """Return the id that the caller sent when it is well-formed, else a new one."""
    for name, value in scope["headers"]:
        if name == REQUEST_ID_HEADER and _WELL_FORMED.fullmatch(value):
            return str(value.decode("ascii"))
    return str(new_id())


class CorrelationMiddleware:
    """Gives every request its id (`scope["request_id"]`) and every answer the header."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Bind the id for the time of the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(scope)
        scope["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                header = (REQUEST_ID_HEADER, request_id.encode("ascii"))
                message["headers"] = [*message["headers"], header]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._app(scope, receive, send_with_id)
