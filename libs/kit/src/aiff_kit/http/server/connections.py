"""Connections whose requests are bounded before anything of the application sees them.

The headers of a request have a limit in bytes and in time, so that nobody fills the memory or
holds a connection by never ending them. What could be read in two ways by two servers is refused:
no Host or several (RFC 9112, 3.2), and several Authorization. Trailers of a body are dropped: they
are no headers (RFC 9110, 6.5.1).
"""

from asyncio import TimerHandle, Transport
from http import HTTPStatus
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_BYTES = 65_536
SECONDS = 15.0
_AT_MOST_ONCE = frozenset((b"host", b"authorization"))
_ANSWER = (
    "HTTP/1.1 {status} {phrase}\r\ncontent-type: application/problem+json\r\ncontent-length: {size}"
    "\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
)


class BoundedConnection(HttpToolsProtocol):
    """One connection; each refusal is a problem (RFC 9457) and ends it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin before the first request."""
        super().__init__(*args, **kwargs)
        self._refusal = (HTTPStatus.BAD_REQUEST, "the request is no valid HTTP")
        self._are_headers_read = False
        self._arrived = self._size = 0
        self._timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Wait for a request, and not for ever."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes, as long as the headers that they belong to can still be ended."""
        self._arrived += len(data)
        super().data_received(data)
        if self._are_headers_read:
            # What came belongs to a body, and is no part of the next head.
            self._arrived = 0
            return
        if self.transport.is_closing():
            return
        if self._arrived > MOST_BYTES:
            self._too_large()
            self.send_400_response("")
        elif self._timer is None:
            self._wait()

    def on_message_begin(self) -> None:
        """Begin the headers of the next request."""
        self._are_headers_read = False
        self._size = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count the address as what it is, a part of the head."""
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; what comes after the body is none."""
        if self._are_headers_read:
            return
        self._count(name, value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Let the application answer where the head can be read in one way only."""
        self._are_headers_read = True
        self._wait_no_more()
        names = [name for name, _ in self.headers if name in _AT_MOST_ONCE]
        if len(set(names)) < len(names):
            self._refuse(HTTPStatus.BAD_REQUEST, "send Host and Authorization once at most")
        if b"host" not in names and self.parser.get_http_version() != "1.0":
            self._refuse(HTTPStatus.BAD_REQUEST, "send the header Host")
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  The detail says more.
        """Say what is wrong, and close."""
        if self.transport.is_closing():
            return
        status, detail = self._refusal
        problem = {"type": "/problems/malformed", "title": status.phrase, "status": int(status)}
        body = orjson.dumps({**problem, "detail": detail})
        head = _ANSWER.format(status=int(status), phrase=status.phrase, size=len(body))
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()

    def _count(self, *parts: bytes) -> None:
        self._size += sum(map(len, parts))
        if self._size > MOST_BYTES:
            self._too_large()
            raise ValueError(self._refusal[1])

    def _too_large(self) -> None:
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        self._refusal = status, f"address and headers have at most {MOST_BYTES} bytes together"

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        """Stop the parser, which has the refusal sent."""
        self._refusal = status, detail
        raise ValueError(detail)

    def _wait(self) -> None:
        self._timer = self.loop.call_later(SECONDS, self._waited)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _waited(self) -> None:
        self._refusal = (
            HTTPStatus.REQUEST_TIMEOUT,
            f"address and headers come within {SECONDS:.0f} seconds",
        )
        self.send_400_response("")
