"""Asking for a review, and taking the text back from it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from aiff_catalog.offers.entrypoints.http.answers import WRITTEN, written_offer
from aiff_catalog.offers.entrypoints.http.schemas import OfferReference
from aiff_catalog.offers.entrypoints.http.targets import target
from aiff_catalog.reviews.entrypoints.http.services import Reviews
from aiff_catalog.shared.http.authors import CHANGE_REASON
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import IF_MATCH_WHERE_SENT, NoParameters, StrictRoute, sent_with

router = APIRouter(
    prefix="/v1/offers", tags=["offers"], route_class=StrictRoute, dependencies=[NoParameters]
)

WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]


@router.post(
    "/{reference}/submit",
    responses=WRITTEN,
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CHANGE_REASON),
)
def submit_offer(
    reference: OfferReference, request: Request, reviews: Reviews, principal: WriteOffers
) -> Response:
    """Ask for a review of the pending revision."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.submit(changed))


@router.post(
    "/{reference}/recall",
    responses=WRITTEN,
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CHANGE_REASON),
)
def recall_offer(
    reference: OfferReference, request: Request, reviews: Reviews, principal: WriteOffers
) -> Response:
    """Take the pending revision back from review."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.recall(changed))
