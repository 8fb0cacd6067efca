"""The networks that addresses of callers belong to."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network

# What one subscriber of a provider has: an address of IPv4, at least a /64 of IPv6 (RFC 6177).
_SUBSCRIBER: Mapping[int, int] = {4: 32, 6: 64}


def subscriber_of(address: str) -> str:
    """Return the network of one subscriber, the text itself where it is no address."""
    return network_of(address, _SUBSCRIBER) or address


def network_of(address: str, bits: Mapping[int, int]) -> str | None:
    """Return the network of so many bits by IP version, None where the text is no address.

    An address of IPv4 in the dress of IPv6 is what it is.
    """
    try:
        given = ip_address(address)
    except ValueError:
        return None
    plain = getattr(given, "ipv4_mapped", None) or given
    return str(ip_network(f"{plain}/{bits[plain.version]}", strict=False))
