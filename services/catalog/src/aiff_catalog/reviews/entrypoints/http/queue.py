"""The review queue: what waits, who has it, what they answer."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.offers.entrypoints.http.answers import WRITTEN, written_offer
from aiff_catalog.offers.entrypoints.http.differences import review_of
from aiff_catalog.offers.entrypoints.http.lists import listing_page
from aiff_catalog.offers.entrypoints.http.schemas import (
    ListingPage,
    OfferReference,
    StatedReason,
)
from aiff_catalog.offers.entrypoints.http.services import Offers
from aiff_catalog.offers.entrypoints.http.targets import target
from aiff_catalog.reviews.entrypoints.http.schemas import (
    Approval,
    Assignment,
    QueueParameters,
    RequestedChanges,
    Review,
)
from aiff_catalog.reviews.entrypoints.http.services import Reviews
from aiff_catalog.shared.http.answers import PRIVATE
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import (
    IF_MATCH_WHERE_SENT,
    NoParameters,
    StrictRoute,
    answered_with,
    sent_with,
    versioned_etag,
)

router = APIRouter(prefix="/v1/reviews", tags=["reviews"], route_class=StrictRoute)

ReviewOffers = Annotated[Principal, requires(Scope.OFFERS_REVIEW)]


@router.get("", responses={200: {"model": ListingPage}})
async def list_reviews(
    request: Request,
    offers: Offers,
    principal: ReviewOffers,
    parameters: Annotated[QueueParameters, Query()],
) -> Response:
    """Return the texts that wait for a reviewer, the longest waiting first."""
    return await listing_page(request, offers, parameters, parameters.query(principal.subject))


@router.get(
    "/{reference}",
    responses={200: {"model": Review, **answered_with("ETag")}},
    dependencies=[NoParameters, requires(Scope.OFFERS_REVIEW)],
)
async def read_review(reference: OfferReference, reviews: Reviews) -> Response:
    """Return a pending revision with what it changes, field by field."""
    text = await reviews.queries.under_review(reference)
    headers = {"ETag": versioned_etag(text.offer.version), "Cache-Control": PRIVATE}
    body = review_of(text.offer, text.reviewed)
    return Response(body, headers=headers, media_type="application/json")


@router.post(
    "/{reference}/claim",
    responses=WRITTEN,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT),
)
def claim_review(
    reference: OfferReference, request: Request, reviews: Reviews, principal: ReviewOffers
) -> Response:
    """Take a text for review."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.claim(changed))


@router.post(
    "/{reference}/assign",
    responses=WRITTEN,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT),
)
def assign_review(
    reference: OfferReference,
    assignment: Assignment,
    request: Request,
    reviews: Reviews,
    principal: ReviewOffers,
) -> Response:
    """Give a text to a curator for review."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.claim(changed, assignment.reviewer))


@router.post(
    "/{reference}/release",
    responses=WRITTEN,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT),
)
def release_review(
    reference: OfferReference, request: Request, reviews: Reviews, principal: ReviewOffers
) -> Response:
    """Give a text back to the queue."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.release(changed))


@router.post(
    "/{reference}/request-changes",
    responses=WRITTEN,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT),
)
def request_changes(
    reference: OfferReference,
    wanted: RequestedChanges,
    request: Request,
    reviews: Reviews,
    principal: ReviewOffers,
) -> Response:
    """Send a text back to its author with comments on fields."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.request_changes(changed, wanted.said()))


@router.post(
    "/{reference}/reject",
    responses=WRITTEN,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT),
)
def reject_offer(
    reference: OfferReference,
    reason: StatedReason,
    request: Request,
    reviews: Reviews,
    principal: ReviewOffers,
) -> Response:
    """Refuse a text with a reason."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.reject(changed, reason.reason))


@router.post(
    "/{reference}/approve",
    responses=WRITTEN,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT),
)
def approve_offer(
    reference: OfferReference,
    approval: Approval,
    request: Request,
    reviews: Reviews,
    principal: ReviewOffers,
) -> Response:
    """Approve a text: it is published now, or at the instant that is named."""
    changed = target(request, principal, reference, strict=False)
    if approval.publish_at is None:
        return written_offer(reviews.commands.publish(changed))
    return written_offer(reviews.commands.schedule(changed, approval.publish_at))


@router.post(
    "/{reference}/unschedule",
    responses=WRITTEN,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT),
)
def unschedule_offer(
    reference: OfferReference, request: Request, reviews: Reviews, principal: ReviewOffers
) -> Response:
    """Take an approval with its date back."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(reviews.commands.unschedule(changed))
