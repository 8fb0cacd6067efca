"""Serving HTTP until asked to stop, without cutting anybody off."""

import signal
import sys
import time
from types import FrameType
from typing import Any

import uvicorn
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aiff_kit.http.server.connections import BoundedConnection

# What still runs when no more is taken has this long to end.
_ENDING_SECONDS = 20
_FAILED_TO_START = 3


def run_server(app: ASGIApp, host: str, port: int, *, drain_seconds: float, **options: Any) -> None:
    """Answer HTTP until SIGTERM or SIGINT; `options` are uvicorn's own.

    After SIGTERM the process is not ready any more, yet it goes on for `drain_seconds`: it takes
    what still comes, and asks for each connection to be closed with its next answer. A caller
    that keeps connections for less than that never meets one that closes as it sends.
    """
    leaving = _Leaving(app)
    config = uvicorn.Config(
        leaving,
        host,
        port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=_ENDING_SECONDS,
        ws="none",
        http=BoundedConnection,
        **options,
    )
    server = _DrainingServer(config, leaving, drain_seconds)
    server.run()
    if not server.started:
        sys.exit(_FAILED_TO_START)


class _Leaving:
    """The application; once `begun`, answers ask the caller to take its next call elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.begun = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.begun or scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_last(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        if scope["path"] == "/health/ready":
            stopping = JSONResponse({"status": "stopping"}, 503, {"Retry-After": "5"})
            await stopping(scope, receive, send_last)
        else:
            await self._app(scope, receive, send_last)


class _DrainingServer(uvicorn.Server):
    """Goes on for a while after the first SIGTERM; a second signal ends that."""

    def __init__(self, config: uvicorn.Config, leaving: _Leaving, drain_seconds: float) -> None:
        super().__init__(config)
        self._leaving = leaving
        self._drain_seconds = drain_seconds
        self._until: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if sig == signal.SIGTERM and self._drain_seconds > 0 and not self._leaving.begun:
            self._leaving.begun = True
            self._until = time.monotonic() + self._drain_seconds
        else:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        if self._until is not None and time.monotonic() >= self._until:
            self._until = None
            super().handle_exit(signal.SIGTERM, None)
        return await super().on_tick(counter)
