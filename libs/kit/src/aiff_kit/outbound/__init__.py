"""Requests to addresses that strangers wrote, which lead nowhere but to the public internet.

One parser reads an address where it is saved (`vet`) and where it is connected to (`SafeClient`),
so that the two never read two hosts in one text. The name is resolved once, every address that it
has must be public, and the socket that is opened to one of those is vetted as it is made.
"""

from aiff_kit.outbound.addresses import (
    ANY_PORT,
    PUBLIC,
    Reach,
    RefusedAddressError,
    is_public,
    vet,
)
from aiff_kit.outbound.client import Answer, Method, SafeClient, UnresolvedError

__all__ = [
    "ANY_PORT",
    "PUBLIC",
    "Answer",
    "Method",
    "Reach",
    "RefusedAddressError",
    "SafeClient",
    "UnresolvedError",
    "is_public",
    "vet",
]
