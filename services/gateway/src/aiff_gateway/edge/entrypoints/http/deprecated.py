"""Old addresses, answered by what answers the new ones."""

from collections.abc import Sequence
from urllib.parse import unquote

from prometheus_client import Counter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aiff_gateway.edge.domain.deprecations import Deprecation

CALLS = Counter(
    "aiff_gateway_deprecated_calls", "Requests to an address that moved, by address.", ("address",)
)


class DeprecatedAddresses:
    """Takes a request for an old address to the new one, and has the answer say so."""

    def __init__(self, app: ASGIApp, deprecations: Sequence[Deprecation]) -> None:
        """Wrap the edge; every old address is counted from the start."""
        self._app = app
        self._deprecations = deprecations
        for one in deprecations:
            CALLS.labels(one.name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; what is not deprecated passes at the cost of a few comparisons."""
        if scope["type"] == "http":
            path = scope["raw_path"].decode("latin-1")
            for one in self._deprecations:
                if (successor := one.moved(path)) is not None:
                    CALLS.labels(one.name).inc()
                    scope = {
                        **scope,
                        "raw_path": successor.encode("latin-1"),
                        "path": unquote(successor),
                    }
                    send = _telling(one.headers(successor), send)
                    break
        await self._app(scope, receive, send)


def _telling(headers: list[tuple[bytes, bytes]], send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *headers]}
        await send(message)

    return send_with_headers
