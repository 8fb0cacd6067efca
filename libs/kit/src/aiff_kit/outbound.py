"""Requests to addresses that strangers wrote, which lead nowhere but to the public internet.

An address is vetted where it is written (`vet`) and again where it is connected to: the name is
resolved once, every address that it has must be public, and the connection goes to one of those.
Redirects are followed one by one, each vetted anew; nothing of the environment (proxies,
credentials, cookies) is used.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Method = Literal["HEAD", "GET"]
USER_AGENT = "AIFactoryFrance-links/1.0"
_SECONDS = 10.0
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# IPv6 networks that carry an IPv4 address, and where in the 128 bits it ends.
_CARRYING: Mapping[ipaddress.IPv6Network, int] = {
    ipaddress.IPv6Network("64:ff9b::/96"): 0,
    ipaddress.IPv6Network("64:ff9b:1::/48"): 0,
    ipaddress.IPv6Network("2002::/16"): 80,
    ipaddress.IPv6Network("::/96"): 0,
}


class RefusedAddressError(ValueError):
    """An address that nothing is sent to; the message says why."""


class UnresolvedError(Exception):
    """No such name exists; `passing` where the name servers did not answer."""

    def __init__(self, host: str, *, passing: bool) -> None:
        """Keep whether it may be otherwise in a moment."""
        super().__init__(f"the name {host} leads nowhere")
        self.passing = passing


def is_public(address: IpAddress) -> bool:
    """Tell whether an address is on the public internet; one in another's dress is what it is."""
    carried = _carried(address)
    if carried is not None:
        return is_public(carried)
    return address.is_global and not (address.is_multicast or address.is_reserved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where requests may go; other than the default for tests alone."""

    ports: frozenset[int] = frozenset((80, 443))
    allows: Callable[[IpAddress], bool] = is_public


PUBLIC = Reach()


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of what an address finally led to, and that address."""

    status: int
    url: str


def vet(url: str, reach: Reach = PUBLIC) -> str:
    """Return an address that may be asked, or raise RefusedAddressError.

    A name is not resolved here: what it leads to is vetted at each connection.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise RefusedAddressError("the address cannot be read") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise RefusedAddressError("the address must begin with http:// or https:// and a name")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddressError("the address must not hold a user or a password")
    if port not in reach.ports:
        raise RefusedAddressError(f"the port {port} is not one of the web")
    literal = _literal(parts.hostname)
    if literal is not None and not reach.allows(literal):
        raise RefusedAddressError(f"{literal} is not on the public internet")
    return url


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
            resolver=_VettedResolver(self._reach), use_dns_cache=False, force_close=True
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
            vet(url, self._reach)
            try:
                async with session.request(method, url, allow_redirects=False) as answer:
                    following = answer.headers.get("Location")
                    status = answer.status
            except aiohttp.ClientConnectorError as error:
                _raise_own(error)
                raise
            if status not in _REDIRECTS or following is None:
                return Answer(status, url)
            url = urljoin(url, following)
        raise RefusedAddressError(f"more than {_MOST_REDIRECTS} redirects")


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
            if not self._reach.allows(ipaddress.ip_address(address.split("%")[0])):
                refused = RefusedAddressError(f"{host} leads to {address}, which is not public")
                raise _StoppedError(refused)
        return [_result(host, port, address) for address in addresses]

    async def close(self) -> None:
        """Nothing is held."""


class _StoppedError(OSError):
    """Carries an own error through the library, which wraps whatever a resolver raises."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


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


def _literal(host: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(host.split("%", maxsplit=1)[0])
    except ValueError:
        return None


def _carried(address: IpAddress) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address inside an IPv6 one, None where there is none."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.teredo is not None:
        return address.teredo[1]
    for network, shift in _CARRYING.items():
        if address in network:
            return ipaddress.IPv4Address((int(address) >> shift) & 0xFFFFFFFF)
    return None
