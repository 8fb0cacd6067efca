"""Whether a service behind the gateway answers."""

from collections.abc import Callable
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

_SECONDS = 2.0


class NotAnsweringError(Exception):
    """The service gave no good answer."""


def answers(address: str) -> Callable[[], None]:
    """Return a check that a service at `http(s)://host:port` is alive; it raises if not."""
    parts = urlsplit(address)
    secure = parts.scheme == "https"

    def check() -> None:
        kind = HTTPSConnection if secure else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=_SECONDS)
        try:
            connection.request("GET", "/health/live")
            status = connection.getresponse().status
        finally:
            connection.close()
        if status != 200:  # noqa: PLR2004
            message = f"status {status}"
            raise NotAnsweringError(message)

    return check
