"""Calls to the services over pooled HTTP connections."""

import asyncio
import io
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from time import monotonic

import aiohttp
from yarl import URL

from aiff_gateway.edge.application.ports import Call, Reply
from aiff_gateway.edge.domain.errors import UpstreamTimeoutError, UpstreamUnavailableError
from aiff_gateway.edge.domain.routes import LARGEST_BODY, Service

_CONNECT_SECONDS = 1.0
_CONNECTIONS_PER_SERVICE = 100
# Below the services' own keep-alive of 5 s, so that no call goes out on a closing connection.
_KEEP_ALIVE_SECONDS = 4.0
_PIECE_BYTES = 65_536
# These belong to one connection (RFC 9110, section 7.6.1) or are set anew for the client.
_NOT_PASSED_ON = frozenset(
    (
        b"connection",
        b"date",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-connection",
        b"server",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
        b"via",
        b"x-request-id",
    )
)
_SKIPPED_HEADERS = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How many seconds the gateway waits for a service.

    `connection` is for a free connection: callers of a slow service are soon told to come later,
    and the gateway's room is left to the callers of the others. `answer` is for the headers and
    the whole of a body whose length is stated. A body without a stated length (a dump, a feed) is
    made while it is read and may take longer: `idle` bounds each of its silences, `stream` all of
    its waits together, so that a service which sends a byte now and then holds nobody for ever.
    Only waiting for the service counts: a client that reads slowly uses up nothing.
    """

    connection: float = 5.0
    answer: float = 30.0
    idle: float = 30.0
    stream: float = 600.0


TIMEOUTS = Timeouts()


class HttpUpstream:
    """The services at their base addresses. To be opened and closed on the event loop."""

    def __init__(
        self,
        addresses: Mapping[Service, str],
        timeouts: Timeouts = TIMEOUTS,
        connections: int = _CONNECTIONS_PER_SERVICE,
    ) -> None:
        """Keep the addresses (`http://host:port`) and the limits.

        A service has up to `connections` calls at a time; others wait for one to end.
        """
        self._bases = {service: url.rstrip("/") for service, url in addresses.items()}
        self._timeouts = timeouts
        self._timeout = aiohttp.ClientTimeout(
            total=None,
            connect=timeouts.connection,
            sock_connect=_CONNECT_SECONDS,
            sock_read=timeouts.idle,
        )
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Open the pool."""
        connector = aiohttp.TCPConnector(
            limit=0,
            limit_per_host=self._connections,
            keepalive_timeout=_KEEP_ALIVE_SECONDS,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=self._timeout,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=_SKIPPED_HEADERS,
        )

    async def stop(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def open(self, call: Call) -> Reply:
        """Send a call and return its reply as soon as the headers are there."""
        if self._session is None:
            message = "the gateway is stopping"
            raise UpstreamUnavailableError(message)
        base = self._bases[call.service]
        began = monotonic()
        try:
            async with asyncio.timeout(self._timeouts.answer):
                response = await self._request(self._session, base, call)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _translated(error, call.service) from error
        return HttpReply(response, base, call.service, self._left(response, monotonic() - began))

    async def _request(
        self, session: aiohttp.ClientSession, base: str, call: Call
    ) -> aiohttp.ClientResponse:
        headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in call.headers]
        return await session.request(
            call.method,
            URL(base + call.target, encoded=True),
            headers=headers,
            data=_sent(call.body),
            allow_redirects=False,
        )

    def _left(self, response: aiohttp.ClientResponse, used: float) -> float:
        """Return for how many seconds the gateway waits for the body, all waits together."""
        streamed = response.content_length is None
        return self._timeouts.stream if streamed else self._timeouts.answer - used


def _sent(body: bytes | None) -> bytes | io.BytesIO | None:
    """Return a body as it is sent: a large one in pieces, so that others have their turn."""
    return io.BytesIO(body) if body is not None and len(body) > LARGEST_BODY else body


class HttpReply:
    """A service's answer, read as it arrives."""

    def __init__(
        self, response: aiohttp.ClientResponse, base: str, service: Service, seconds: float
    ) -> None:
        """Take over a response, to be waited for `seconds` more.

        `base` is removed from redirects, so that it stays private.
        """
        self._response = response
        self._pieces = response.content.iter_chunked(_PIECE_BYTES)
        self._service = service
        self._seconds = seconds
        self.status = response.status
        self.headers = _public_headers(response, base.encode())

    async def read(self, limit: int) -> bytes:
        """Read until the end, or until more than `limit` bytes are there."""
        parts: list[bytes] = []
        size = 0
        async for piece in self.pieces():
            parts.append(piece)
            size += len(piece)
            if size > limit:
                break
        return b"".join(parts)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield what arrives in pieces of at most 64 KiB."""
        while piece := await self._next_piece():
            yield piece

    async def _next_piece(self) -> bytes:
        """Return what arrives next, nothing at the end; the wait for it is counted."""
        began = monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                return await anext(self._pieces, b"")
        except (aiohttp.ClientError, OSError) as error:
            # Nobody reads on: the connection must not stay one of those that a service may have.
            self._response.close()
            raise _translated(error, self._service) from error
        finally:
            self._seconds -= monotonic() - began

    async def close(self) -> None:
        """Give the connection back; one with an unread rest is closed."""
        self._response.release()
        await asyncio.sleep(0)


def _public_headers(response: aiohttp.ClientResponse, base: bytes) -> list[tuple[bytes, bytes]]:
    headers: list[tuple[bytes, bytes]] = []
    for raw_name, value in response.raw_headers:
        name = raw_name.lower()
        if name in _NOT_PASSED_ON or name.startswith(b"x-aiff-"):
            continue
        headers.append((name, value.removeprefix(base) if name == b"location" else value))
    return headers


def _translated(error: Exception, service: Service) -> Exception:
    """Say a client's fault in the port's terms, without the service's address."""
    connecting = isinstance(error, aiohttp.ConnectionTimeoutError)
    if isinstance(error, TimeoutError) and not connecting:
        return UpstreamTimeoutError(f"the service {service} did not answer in time")
    return UpstreamUnavailableError(f"the service {service} is not available")
