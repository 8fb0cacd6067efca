"""What readers see of an offer: published, suspended, archived, back again."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from aiff_catalog.offers.entrypoints.http.answers import WRITTEN, written_offer
from aiff_catalog.offers.entrypoints.http.schemas import OfferReference, StatedReason
from aiff_catalog.offers.entrypoints.http.targets import target
from aiff_catalog.reviews.entrypoints.http.services import Reviews
from aiff_catalog.shared.http.authors import CHANGE_REASON
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import IF_MATCH_WHERE_SENT, NoParameters, StrictRoute, sent_with

router = APIRouter(
    prefix="/v1/offers", tags=["offers"], route_class=StrictRoute, dependencies=[NoParameters]
)

PublishOffers = Annotated[Principal, requires(Scope.OFFERS_PUBLISH)]
WithdrawOffers = Annotated[Principal, requires(Scope.OFFERS_WITHDRAW)]


@router.post(
    "/{reference}/publish",
    responses=WRITTEN,
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CHANGE_REASON),
)
def publish_offer(
    reference: OfferReference, request: Request, reviews: Reviews, principal: PublishOffers
) -> Response:
    """Approve the pending revision and show it to everybody; nobody approves their own text."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.publish(changed))


@router.post(
    "/{reference}/suspend", responses=WRITTEN, openapi_extra=sent_with(IF_MATCH_WHERE_SENT)
)
def suspend_offer(
    reference: OfferReference,
    reason: StatedReason,
    request: Request,
    reviews: Reviews,
    principal: WithdrawOffers,
) -> Response:
    """Take an offer out of sight for a time; its address answers 410 with the reason."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.hide(changed, "suspend", reason.reason))


@router.post(
    "/{reference}/archive", responses=WRITTEN, openapi_extra=sent_with(IF_MATCH_WHERE_SENT)
)
def archive_offer(
    reference: OfferReference,
    reason: StatedReason,
    request: Request,
    reviews: Reviews,
    principal: WithdrawOffers,
) -> Response:
    """Take an offer out of the catalogue; its address answers 410 with the reason."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.hide(changed, "archive", reason.reason))


@router.post(
    "/{reference}/reinstate",
    responses=WRITTEN,
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CHANGE_REASON),
)
def reinstate_offer(
    reference: OfferReference, request: Request, reviews: Reviews, principal: WithdrawOffers
) -> Response:
    """Bring a suspended, expired or archived offer back with the text that it had."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.reinstate(changed))
