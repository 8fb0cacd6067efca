"""What writers read of an offer: the text that they work on, its history, its differences."""

from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Path, Query, Request, Response

from aiff_catalog.offers.domain.revision import Revision
from aiff_catalog.offers.entrypoints.http.answers import WRITTEN, written_offer
from aiff_catalog.offers.entrypoints.http.differences import difference_view
from aiff_catalog.offers.entrypoints.http.schemas import (
    DiffParameters,
    OfferReference,
    RevisionPage,
    TextDifference,
)
from aiff_catalog.offers.entrypoints.http.services import Offers
from aiff_catalog.shared.http.answers import PRIVATE, links, page
from aiff_catalog.shared.http.authors import writer_limit
from aiff_catalog.shared.http.schemas import PageParameters
from aiff_contracts.codec import dump_json
from aiff_contracts.offer import OfferContent
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import NoParameters, StrictRoute

router = APIRouter(prefix="/v1/offers", tags=["offers"], route_class=StrictRoute)
texts = APIRouter(prefix="/v1/offer-revisions", tags=["offers"], route_class=StrictRoute)

WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]
ReadHistory = Annotated[Principal, requires(Scope.OFFERS_HISTORY)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="A number of the history.")]


@router.get(
    "/{reference}/working-copy",
    responses=WRITTEN,
    dependencies=[NoParameters],
)
async def read_working_copy(
    reference: OfferReference, offers: Offers, principal: WriteOffers
) -> Response:
    """Return the text that editors work on, with its states and the version to name."""
    limited_to = writer_limit(principal)
    return written_offer(await offers.queries.working_copy(reference, limited_to))


@router.get("/{reference}/revisions", responses={200: {"model": RevisionPage}})
async def list_revisions(
    reference: OfferReference,
    request: Request,
    offers: Offers,
    parameters: Annotated[PageParameters, Query()],
    principal: ReadHistory,
) -> Response:
    """Return who changed what, when and why, newest first."""
    offer_id = await offers.queries.offer_id(reference, writer_limit(principal))
    bound, before = ["revisions", str(offer_id)], None
    if parameters.cursor is not None:
        before = offers.cursors.decode(parameters.cursor, bound)
    revisions = await offers.queries.revisions(offer_id, before, parameters.limit + 1)
    shown = revisions[: parameters.limit]
    following = None
    if len(revisions) > len(shown):
        following = offers.cursors.encode(shown[-1].number, bound)
    body = page((_revision(offer_id, one) for one in shown), following, None)
    headers = {"Cache-Control": PRIVATE, **links(request, following, None)}
    return Response(body, headers=headers, media_type="application/json")


@texts.get(
    "/{reference}/{number}",
    responses={200: {"model": OfferContent}},
    dependencies=[NoParameters],
)
async def read_revision(
    reference: OfferReference, number: Number, offers: Offers, principal: ReadHistory
) -> Response:
    """Return the text that an offer had at a number of its history."""
    (text,) = await offers.queries.texts(reference, writer_limit(principal), [str(number)])
    return _private(dump_json(text))


@router.get("/{reference}/diff", responses={200: {"model": TextDifference}})
async def compare_revisions(
    reference: OfferReference,
    offers: Offers,
    parameters: Annotated[DiffParameters, Query()],
    principal: ReadHistory,
) -> Response:
    """Compare two texts: numbers of the history, `live` or `pending`."""
    names = parameters.before, parameters.after
    before, after = await offers.queries.texts(reference, writer_limit(principal), names)
    return _private(difference_view(names, before, after))


def _private(body: bytes) -> Response:
    return Response(body, headers={"Cache-Control": PRIVATE}, media_type="application/json")


def _revision(offer_id: UUID, revision: Revision) -> bytes:
    entry: dict[str, Any] = {
        "offer_id": str(offer_id),
        "number": revision.number,
        "action": revision.action,
        "author": revision.author,
        "at": revision.at,
        "reason": revision.reason,
        "changes": revision.changes,
        "comments": revision.comments,
    }
    return orjson.dumps(entry, option=orjson.OPT_UTC_Z)
