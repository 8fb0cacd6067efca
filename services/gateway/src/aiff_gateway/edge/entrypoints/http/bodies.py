"""Request bodies: read whole, within a size and a time, before anybody else sees them.

After a 413 the server discards what still comes: closing at once would reset the connection
before the client has read why.
"""

import asyncio

from starlette.types import Receive

from aiff_gateway.edge.entrypoints.http.inbound import Inbound
from aiff_gateway.edge.entrypoints.http.problems import SLOW_BODY
from aiff_kit.problems import MALFORMED, TOO_LARGE, Problem


class ClientGoneError(Exception):
    """The client closed the connection; nobody reads the answer."""


def check_declared_length(request: Inbound, largest: int) -> None:
    """Refuse a body that says itself that it is larger than so many bytes."""
    declared = request.headers.get(b"content-length", b"0")
    if not declared.isdigit():
        raise Problem(MALFORMED, "Content-Length is not a number")
    if int(declared) > largest:
        raise Problem(TOO_LARGE)


async def read_body(
    request: Inbound, receive: Receive, seconds: float, largest: int
) -> bytes | None:
    """Return the body, None where the request has none.

    413 above the limit, also where no length was declared; 408 when it takes too long.
    """
    if b"content-length" not in request.headers and b"transfer-encoding" not in request.headers:
        return None
    try:
        async with asyncio.timeout(seconds):
            return await _gather(receive, largest)
    except TimeoutError as error:
        raise Problem(SLOW_BODY, headers={"Connection": "close"}) from error


async def _gather(receive: Receive, largest: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        part = message.get("body", b"")
        size += len(part)
        if size > largest:
            raise Problem(TOO_LARGE)
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
