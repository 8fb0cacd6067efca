"""Offers in any state, for those who write them."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.offers.application.listings import Listing, ListingQuery
from aiff_catalog.offers.entrypoints.http.schemas import ListingPage, ListingParameters
from aiff_catalog.offers.entrypoints.http.services import Offers, OfferServices
from aiff_catalog.shared.http.answers import Shown, private_page
from aiff_catalog.shared.http.authors import writer_limit
from aiff_catalog.shared.http.schemas import PageParameters
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import StrictRoute

router = APIRouter(prefix="/v1/listings", tags=["offers"], route_class=StrictRoute)


@router.get("", responses={200: {"model": ListingPage}})
async def list_listings(
    request: Request,
    offers: Offers,
    principal: Annotated[Principal, requires(Scope.OFFERS_WRITE)],
    parameters: Annotated[ListingParameters, Query()],
) -> Response:
    """Return offers in any state, newest change first; a partner sees those they provide."""
    query = parameters.query(writer_limit(principal))
    return await listing_page(request, offers, parameters, query)


async def listing_page(
    request: Request, offers: OfferServices, parameters: PageParameters, query: ListingQuery
) -> Response:
    """Return a page of a list; its cursor is tied to the filters and to who asks."""
    bound = _bound(query)
    if parameters.cursor is not None:
        moment, offer_id = offers.cursors.decode(parameters.cursor, bound)
        query = replace(query, after=(datetime.fromisoformat(moment), UUID(offer_id)))
    page, now = await offers.reads.listings(query), offers.clock()
    shown: Shown[Listing] = Shown(
        lambda one: _listing(one, now),
        lambda one: offers.cursors.encode(_place(one, query), bound),
    )
    return private_page(request, page, parameters.limit, shown)


def _bound(query: ListingQuery) -> list[Any]:
    return [
        "listings",
        query.order,
        query.state,
        query.pending_state,
        query.kind,
        query.partner,
        query.reviewer,
        query.limited_to,
    ]


def _place(last: Listing, query: ListingQuery) -> list[str]:
    moment = last.waiting_since if query.order == "queue" else last.updated_at
    return [str(moment), str(last.id)]


def _listing(one: Listing, now: datetime) -> bytes:
    state = one.pending_state if one.state == "unpublished" else one.state
    age = None if one.waiting_since is None else max((now - one.waiting_since).days, 0)
    members = {name: getattr(one, name) for name in Listing.__slots__}
    return orjson.dumps({**members, "state": state, "age_days": age}, option=orjson.OPT_UTC_Z)
