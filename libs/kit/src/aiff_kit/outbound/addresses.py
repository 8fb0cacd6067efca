"""Which addresses of the web may be asked: read once, by the parser that the client connects by."""

import ipaddress
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

from yarl import URL

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_PORTS = {"http": 80, "https": 443}
# IPv6 networks that carry an IPv4 address, and where in the 128 bits it ends.
_CARRYING: Mapping[ipaddress.IPv6Network, int] = {
    ipaddress.IPv6Network("64:ff9b::/96"): 0,
    ipaddress.IPv6Network("64:ff9b:1::/48"): 0,
    ipaddress.IPv6Network("2002::/16"): 80,
    ipaddress.IPv6Network("::/96"): 0,
}
# Names that never lead to the public internet (RFC 6761, 6762, 8375 and ICANN's `internal`).
_PRIVATE_ENDS = (".localhost", ".local", ".internal", ".home.arpa", ".onion")


class RefusedAddressError(ValueError):
    """An address that nothing is sent to; the message says why."""


def is_public(address: IpAddress) -> bool:
    """Tell whether an address is on the public internet; one in another's dress is what it is."""
    carried = _carried(address)
    if carried is not None:
        return is_public(carried)
    return address.is_global and not (address.is_multicast or address.is_reserved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where requests may go; `allows` is other than the default for tests alone."""

    ports: Container[int] = frozenset(_PORTS.values())
    allows: Callable[[IpAddress], bool] = is_public


PUBLIC = Reach()
# For what people only follow: some portals have a port of their own.
ANY_PORT = Reach(ports=range(1, 65_536))


def vet(url: str, reach: Reach = PUBLIC) -> URL:
    """Return an address that may be asked, or raise RefusedAddressError.

    A name is not resolved here: what it leads to is vetted at each connection.
    """
    try:
        read = URL(url)
        port = read.port
    except ValueError as error:
        raise RefusedAddressError("the address cannot be read") from error
    if read.scheme not in _PORTS or not read.raw_host:
        raise RefusedAddressError("the address must begin with http:// or https:// and a name")
    if read.raw_user or read.raw_password:
        raise RefusedAddressError("the address must not hold a user or a password")
    if port is None or port not in reach.ports:
        raise RefusedAddressError(f"the port {port} is not one of the web")
    literal = _literal(read.raw_host)
    if literal is None:
        # As people read it: digits of other scripts are digits there.
        _vet_name(str(read.host))
    elif not reach.allows(literal):
        raise RefusedAddressError(f"{literal} is not on the public internet")
    return read


def _vet_name(host: str) -> None:
    """Refuse a name that is an address in another spelling, or one of the own network.

    A name whose last part is a number is an IPv4 address to resolvers and browsers (WHATWG URL,
    "ends in a number checker"): 127.1, 0x7f.1 and 2130706433 are 127.0.0.1.
    """
    name = host.rstrip(".").lower()
    last = name.rpartition(".")[2]
    if last.isdigit() or last.startswith("0x"):
        raise RefusedAddressError(f"{host} is no name; write an address as four numbers below 256")
    if "." not in name or name.endswith(_PRIVATE_ENDS):
        raise RefusedAddressError(f"{host} is a name of a private network; give the public one")


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
