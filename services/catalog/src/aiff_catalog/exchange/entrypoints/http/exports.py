"""Full dumps of the services, in the formats that others have."""

from collections.abc import AsyncIterator
from email.utils import format_datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Request, Response
from starlette.responses import StreamingResponse

from aiff_catalog.exchange.application.change_feed import FeedHead, Place
from aiff_catalog.exchange.application.exports import Export
from aiff_catalog.exchange.entrypoints.http.changes import cursor_of
from aiff_catalog.exchange.entrypoints.http.schemas import ExportList
from aiff_catalog.exchange.entrypoints.http.services import ExchangeServices
from aiff_catalog.shared.http.answers import PUBLIC, content_etag, public_json
from aiff_catalog.shared.http.services import services_of
from aiff_kit.http import (
    IF_NONE_MATCH,
    Admission,
    NoParameters,
    answered_with,
    if_none_match,
    sent_with,
)
from aiff_kit.problems import NOT_FOUND, Problem

router = APIRouter(prefix="/v1/exports", tags=["exchange"], dependencies=[NoParameters])

# Raise it when a dump of the same offers becomes another one.
_SHAPE = 1
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The dump, streamed, in the media type that the list of dumps names.",
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        **answered_with("LastModified", "Link"),
    },
    404: {"description": "There is no dump of this name."},
    503: {"description": "As many dumps are being read as the service can write at once."},
}


@router.get("", responses={200: {"model": ExportList}}, openapi_extra=sent_with(IF_NONE_MATCH))
async def list_exports(request: Request) -> Response:
    """Return which dumps there are."""
    items = [
        _described(export) for export in services_of(request, ExchangeServices).exports.values()
    ]
    body = orjson.dumps({"items": items})
    return public_json(request, body, content_etag(body))


@router.get(
    "/{name}",
    responses=_ANSWERS,
    response_class=StreamingResponse,
    openapi_extra=sent_with(IF_NONE_MATCH),
)
async def read_export(
    name: Annotated[str, Path(description="A name of the list.")], request: Request
) -> Response:
    """Return all published offers in one format, streamed from the database.

    The Link header `next` leads to the changes after the dump: an offer that was changed while it
    was read may be told again, and none is missed.
    """
    services = services_of(request, ExchangeServices)
    export = services.exports.get(name)
    if export is None:
        raise Problem(NOT_FOUND, f"the dumps are {', '.join(services.exports)}")
    head = await services.reads.head()
    headers = _headers(services, head)
    if if_none_match(request, _tag(head)):
        return Response(status_code=304, headers=headers)
    # The first piece is read before the answer begins: while the database is away it is a 503.
    stream = _admitted(services.dumps, export.stream(services.reads))
    first = await anext(stream, b"")
    return StreamingResponse(_joined(first, stream), headers=headers, media_type=export.media_type)


def _headers(services: ExchangeServices, head: FeedHead) -> dict[str, str]:
    """Return the headers of all dumps; what changes while one is read makes its ETag a weak one."""
    cursor = cursor_of(services, Place(head.newest, head.forgotten))
    headers = {
        "ETag": f"W/{_tag(head)}",
        "Cache-Control": PUBLIC,
        "Link": f'</v1/changes?since={cursor}>; rel="next"',
    }
    if head.changed_at is not None:
        headers["Last-Modified"] = format_datetime(head.changed_at, usegmt=True)
    return headers


def _tag(head: FeedHead) -> str:
    at = int(head.changed_at.timestamp() * 1000) if head.changed_at else 0
    return f'"{_SHAPE}-{head.newest}-{at:x}"'


def _described(export: Export) -> dict[str, Any]:
    return {
        "name": export.name,
        "href": f"/v1/exports/{export.name}",
        "media_type": export.media_type,
        "title": {"fr": export.title_fr, "en": export.title_en},
        "conforms_to": export.conforms_to,
    }


async def _admitted(dumps: Admission, stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Let a dump run while there is room; it takes a processor for as long as it lasts."""
    with dumps:
        async for piece in stream:
            yield piece


async def _joined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
