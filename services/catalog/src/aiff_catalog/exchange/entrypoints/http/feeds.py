"""What feed readers and search engines fetch: the feed of changes, the sitemaps."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from aiff_catalog.exchange.entrypoints.http.services import ExchangeServices
from aiff_catalog.shared.http.answers import PUBLIC, content_etag
from aiff_catalog.shared.http.services import services_of
from aiff_kit.http import IF_NONE_MATCH, NoParameters, if_none_match, sent_with
from aiff_kit.problems import NOT_FOUND, Problem

router = APIRouter(tags=["exchange"], dependencies=[NoParameters])

_ENTRIES = 100
# A sitemap has at most 50,000 addresses (https://www.sitemaps.org/protocol.html).
_ADDRESSES = 50_000
_ATOM = "application/atom+xml"
_XML = "application/xml"


def _answers(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {}}, "description": "The document."}}


@router.get(
    "/v1/changes/feed.atom",
    responses=_answers(_ATOM),
    openapi_extra=sent_with(IF_NONE_MATCH),
    response_class=Response,
)
async def read_changes_feed(request: Request) -> Response:
    """Return the last hundred changes as an Atom feed, the newest first."""
    services = services_of(request, ExchangeServices)
    changes = await services.reads.recent_changes(_ENTRIES)
    body = await asyncio.to_thread(services.feeds.atom, changes, services.clock())
    return _xml(request, body, _ATOM)


@router.get(
    "/sitemap.xml",
    responses=_answers(_XML),
    openapi_extra=sent_with(IF_NONE_MATCH),
    response_class=Response,
)
async def read_sitemap_index(request: Request) -> Response:
    """Return which sitemaps there are."""
    services = services_of(request, ExchangeServices)
    count = await services.reads.published_count()
    return _xml(request, services.feeds.sitemap_index(-(-count // _ADDRESSES)), _XML)


@router.get(
    "/sitemap/{number}",
    responses=_answers(_XML),
    openapi_extra=sent_with(IF_NONE_MATCH),
    response_class=Response,
)
async def read_sitemap(
    number: Annotated[int, Path(ge=1, le=10_000, description="As the index names it.")],
    request: Request,
) -> Response:
    """Return the addresses of up to 50,000 published offers."""
    services = services_of(request, ExchangeServices)
    offers = await services.reads.addresses((number - 1) * _ADDRESSES, _ADDRESSES)
    if not offers:
        raise Problem(NOT_FOUND)
    return _xml(request, await asyncio.to_thread(services.feeds.sitemap, offers), _XML)


def _xml(request: Request, body: bytes, media_type: str) -> Response:
    etag = content_etag(body)
    headers = {"ETag": etag, "Cache-Control": PUBLIC}
    if if_none_match(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)
