"""The services behind the gateway, as the edge needs them, in plain values."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiff_gateway.edge.domain.routes import Service

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Call:
    """A request for a service: the target is the path with its query, as it was sent."""

    service: Service
    method: str
    target: str
    headers: Headers
    body: bytes | None = None


class Reply(Protocol):
    """A service's answer whose body has not been read yet. Header names are lower case."""

    status: int
    headers: list[tuple[bytes, bytes]]

    async def read(self, limit: int) -> bytes:
        """Return the body, or what exceeds `limit` bytes by at most one piece."""

    def pieces(self) -> AsyncIterator[bytes]:
        """Yield the rest of the body as it arrives."""

    async def close(self) -> None:
        """Give the connection back."""


class Upstream(Protocol):
    """The services behind the gateway."""

    async def open(self, call: Call) -> Reply:
        """Send a call; UpstreamUnavailableError or UpstreamTimeoutError when it fails."""
