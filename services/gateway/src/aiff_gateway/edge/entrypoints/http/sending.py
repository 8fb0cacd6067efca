"""Answers as they are sent: whole ones, services' as they arrive, and where people are led."""

from starlette.types import Send

from aiff_gateway.edge.application.ports import Reply
from aiff_gateway.edge.application.refusal_pages import Page
from aiff_gateway.edge.application.representations import KEPT_UNCHANGED
from aiff_gateway.edge.domain.answer_headers import answer_headers
from aiff_gateway.edge.domain.freshness import matches_etag
from aiff_gateway.edge.entrypoints.http.inbound import Inbound
from aiff_kit.problems import Problem


async def send_whole(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    """Send an answer at once."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def send_to_page(request: Inbound, page: str, send: Send) -> None:
    """Lead a browser from an offer's address in the API to what people read of it."""
    leading = [(b"location", page.encode()), (b"vary", b"Accept, Accept-Language")]
    headers = answer_headers([*leading, (b"content-length", b"0")], personal=False)
    await send_whole(send, 302, [*headers, (b"x-request-id", request.request_id)], b"")


async def send_refusal_page(problem: Problem, page: Page, send: Send) -> None:
    """Tell people what a problem document tells programs."""
    kept, body = page
    own = [
        (name.lower().encode(), value.encode()) for name, value in (problem.headers or {}).items()
    ]
    length = (b"content-length", b"%d" % len(body))
    await send_whole(send, problem.kind.status, [*kept, *own, length], body)


def is_held(request: Inbound, reply: Reply) -> bool:
    """Tell whether the client holds what a service began to answer anew.

    The question that others share carries no condition of this client, and what is too large to
    be remembered (a dump) has none of ours.
    """
    etag, held = dict(reply.headers).get(b"etag"), request.if_none_match
    if reply.status != 200 or etag is None or held is None:  # noqa: PLR2004
        return False
    return matches_etag(held, etag)


async def send_unchanged(request: Inbound, reply: Reply, send: Send) -> None:
    """Tell the client that it holds the answer already."""
    await reply.close()
    kept = [header for header in reply.headers if header[0] in KEPT_UNCHANGED]
    headers = answer_headers(kept, personal=False)
    await send_whole(send, 304, [*headers, (b"x-request-id", request.request_id)], b"")


async def send_reply(
    request: Inbound, reply: Reply, first: bytes, send: Send, *, personal: bool
) -> None:
    """Send a service's answer on as it arrives."""
    headers = answer_headers(reply.headers, personal=personal)
    headers.append((b"x-request-id", request.request_id))
    try:
        start = {"type": "http.response.start", "status": reply.status, "headers": headers}
        await send(start)
        if first:
            await send({"type": "http.response.body", "body": first, "more_body": True})
        async for piece in reply.pieces():
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        await reply.close()
