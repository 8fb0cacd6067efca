"""Following the catalogue: each offer's last change, from where the follower stands."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.exchange.application.change_feed import ChangesRead, OfferChange, Place
from aiff_catalog.exchange.entrypoints.http.schemas import ChangePage, ChangeParameters
from aiff_catalog.exchange.entrypoints.http.services import ExchangeServices
from aiff_catalog.shared.http.answers import PUBLIC_LIST, content_etag, joined, public_json
from aiff_catalog.shared.http.problems import RESYNC_REQUIRED
from aiff_catalog.shared.http.services import services_of
from aiff_kit.http import IF_NONE_MATCH, StrictRoute, answered_with, sent_with
from aiff_kit.problems import Problem

router = APIRouter(prefix="/v1/changes", tags=["exchange"], route_class=StrictRoute)

_BOUND = ["changes"]
_DUMP = "/v1/exports/offers.ndjson"
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": ChangePage},
    410: {
        "description": "Tombstones after `since` are forgotten: read the dump, then go on.",
        **answered_with("Link"),
    },
}


@router.get("", responses=_ANSWERS, openapi_extra=sent_with(IF_NONE_MATCH))
async def read_changes(
    request: Request, parameters: Annotated[ChangeParameters, Query()]
) -> Response:
    """Return what changed for readers after `since`, oldest first, without a gap.

    Each offer is there once, with its last change; one that is changed while pages are read
    comes again later. A published offer comes as a whole, one out of sight as a tombstone. Go on
    with `next`, also when nothing is there yet. Without `since` the whole catalogue is told.
    """
    services = services_of(request, ExchangeServices)
    place = _place(services, parameters.since)
    read = await services.reads.changes(place.position if place else 0, parameters.limit + 1)
    if place is not None and place.is_lost(read):
        link = {"Link": f'<{_DUMP}>; rel="alternate"'}
        raise Problem(RESYNC_REQUIRED, headers=link, extra={"dump": _DUMP})
    began = place or Place(0, read.forgotten)
    body = _page(read, began, parameters.limit, services)
    return public_json(request, body, content_etag(body), PUBLIC_LIST)


def cursor_of(services: ExchangeServices, place: Place) -> str:
    """Return the signed form of a place, for `since`."""
    return services.cursors.encode([place.position, place.forgotten], _BOUND)


def _place(services: ExchangeServices, since: str | None) -> Place | None:
    return None if since is None else Place(*services.cursors.decode(since, _BOUND))


def _page(read: ChangesRead, began: Place, limit: int, services: ExchangeServices) -> bytes:
    shown = read.changes[:limit]
    last = shown[-1].position if shown else began.position
    following = cursor_of(services, Place(last, began.forgotten))
    rest = orjson.dumps({"next": following, "has_more": len(read.changes) > limit})
    return b'{"items":[%b],%b' % (b",".join(map(_item, shown)), rest[1:])


def _item(change: OfferChange) -> bytes:
    told = {
        "change": "withdrawn" if change.document is None else "published",
        "id": str(change.offer_id),
        "slug": change.slug,
        "version": change.version,
        "state": change.state,
        "reason": change.reason,
        "at": change.at,
    }
    offer = b'{"offer":%b}' % (change.document or b"null")
    return joined(orjson.dumps(told, option=orjson.OPT_UTC_Z), offer)
