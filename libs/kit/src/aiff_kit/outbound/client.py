"""The client that asks vetted addresses.

Redirects are followed one by one, each vetted anew; nothing of the environment (proxies,
credentials, cookies) is used.
"""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from aiff_kit.outbound.addresses import PUBLIC, Reach, RefusedAddressError, vet

Method = Literal["HEAD", "GET"]
USER_AGENT = "AIFactoryFrance-links/1.0"
_SECONDS = 10.0
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


class UnresolvedError(Exception):
    """No such name exists; `passing` where the name servers did not answer."""

    def __init__(self, host: str, *, passing: bool) -> None:
        """Keep whether it may be otherwise in a moment."""
        super().__init__(f"the name {host} leads nowhere")
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of what an address finally led to, and that address."""

    status: int
    url: str


class SafeClient:
    """Asks vetted addresses; it belongs to one event loop."""

    def __init__(self, reach: Reach = PUBLIC, seconds: float = _SECONDS) -> None:
        """Keep where requests may go, and how many seconds a question takes with all redirects."""
        self._reach = reach
        self._seconds = seconds

    async def ask(self, method: Method, url: str) -> Answer:
        """Return what an address answers; its body is not read.

        Raises RefusedAddressError, UnresolvedError, TimeoutError and OSError or
        aiohttp.ClientError for all that can happen on the way.
        """
        connector = aiohttp.TCPConnector(
            resolver=_VettedResolver(self._reach),
            use_dns_cache=False,
            force_close=True,
            socket_factory=self._socket,
        )
        timeout = aiohttp.ClientTimeout(total=self._seconds)
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*"}
        async with aiohttp.ClientSession(
            connector=connector,
            timeout=timeout,
            headers=headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        ) as session:
            async with asyncio.timeout(self._seconds):
                return await self._followed(session, method, url)

    async def _followed(self, session: aiohttp.ClientSession, method: Method, url: str) -> Answer:
        for _ in range(_MOST_REDIRECTS + 1):
            address = vet(url, self._reach)
            try:
                async with session.request(method, address, allow_redirects=False) as answer:
                    following = answer.headers.get("Location")
                    status = answer.status
            except aiohttp.ClientConnectorError as error:
                _raise_own(error)
                raise
            if status not in _REDIRECTS or following is None:
                return Answer(status, url)
            url = urljoin(url, following)
        raise RefusedAddressError(f"more than {_MOST_REDIRECTS} redirects")

    def _socket(self, address: tuple[Any, ...]) -> socket.socket:
        """Open a socket to an address that may be asked, however it was arrived at."""
        family, kind, protocol, _, where = address
        _require_allowed(self._reach, str(where[0]), str(where[0]))
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)  # noqa: FBT003  The standard library takes it so.
        return made


class _VettedResolver(AbstractResolver):
    """Resolves a name once, and gives its addresses only where all of them may be asked."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        try:
            resolved = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM, family=family
            )
        except socket.gaierror as error:
            passing = error.errno == socket.EAI_AGAIN
            raise _StoppedError(UnresolvedError(host, passing=passing)) from error
        addresses = [str(where[0]) for *_, where in resolved]
        for address in addresses:
            _require_allowed(self._reach, host, address)
        return [_result(host, port, address) for address in addresses]

    async def close(self) -> None:
        """Nothing is held."""


class _StoppedError(OSError):
    """Carries an own error through the library, which wraps whatever a resolver raises."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _require_allowed(reach: Reach, host: str, address: str) -> None:
    if not reach.allows(ipaddress.ip_address(address.split("%", maxsplit=1)[0])):
        raise _StoppedError(RefusedAddressError(f"{host} leads to {address}, which is not public"))


def _raise_own(error: aiohttp.ClientConnectorError) -> None:
    if isinstance(error.os_error, _StoppedError):
        raise error.os_error.reason from error


def _result(host: str, port: int, address: str) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=family,
        proto=0,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
