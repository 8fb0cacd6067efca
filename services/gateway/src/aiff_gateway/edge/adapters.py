"""Calls to the services over pooled HTTP connections."""

import asyncio
import io
from collections.abc import AsyncIterator, Mapping

import aiohttp
from yarl import URL

from aiff_gateway.edge.application.ports import Call, Reply
from aiff_gateway.edge.domain.errors import UpstreamTimeoutError, UpstreamUnavailableError
from aiff_gateway.edge.domain.routes import LARGEST_BODY, Service

_CONNECT_SECONDS = 1.0
# For a free connection: callers of a slow service are soon told to come later, and what else they
# would keep of the gateway's room is left to the callers of the others.
_ROOM_SECONDS = 5.0
# Without a byte: a long answer (a dump of the whole catalogue) may take as long as it is read.
_SILENT_SECONDS = 30.0
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
_LEFT_TO_CALLER = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


class HttpUpstream:
    """The services at their base addresses. To be opened and closed on the event loop."""

    def __init__(
        self,
        addresses: Mapping[Service, str],
        silent_seconds: float = _SILENT_SECONDS,
        connections: int = _CONNECTIONS_PER_SERVICE,
        room_seconds: float = _ROOM_SECONDS,
    ) -> None:
        """Keep the addresses (`http://host:port`) and the limits.

        A service has up to `connections` calls at a time; others wait `room_seconds` for one to
        end. A reply may be silent for `silent_seconds`.
        """
        self._bases = {service: url.rstrip("/") for service, url in addresses.items()}
        self._timeout = aiohttp.ClientTimeout(
            total=None,
            connect=room_seconds,
            sock_connect=_CONNECT_SECONDS,
            sock_read=silent_seconds,
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
            skip_auto_headers=_LEFT_TO_CALLER,
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
        headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in call.headers]
        try:
            response = await self._session.request(
                call.method,
                URL(base + call.target, encoded=True),
                headers=headers,
                data=_sent(call.body),
                allow_redirects=False,
            )
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _translated(error, call.service) from error
        return HttpReply(response, base, call.service)


def _sent(body: bytes | None) -> bytes | io.BytesIO | None:
    """Return a body as it is sent: a large one in pieces, so that others have their turn."""
    return io.BytesIO(body) if body is not None and len(body) > LARGEST_BODY else body


class HttpReply:
    """A service's answer, read as it arrives."""

    def __init__(self, response: aiohttp.ClientResponse, base: str, service: Service) -> None:
        """Take over a response; `base` is removed from redirects, so that it stays private."""
        self._response = response
        self._service = service
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
        try:
            async for piece in self._response.content.iter_chunked(_PIECE_BYTES):
                yield piece
        except (aiohttp.ClientError, OSError) as error:
            raise _translated(error, self._service) from error

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
