"""Changing texts: create, replace, patch, throw away, restore. Readers see none of it yet."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from aiff_catalog.offers.entrypoints.http.answers import WRITTEN, written_offer
from aiff_catalog.offers.entrypoints.http.schemas import OfferReference, Restoration, WriterOffer
from aiff_catalog.offers.entrypoints.http.services import Offers
from aiff_catalog.offers.entrypoints.http.targets import target
from aiff_catalog.shared.http.authors import CHANGE_REASON, authorship
from aiff_contracts.codec import dump_json
from aiff_contracts.offer import OfferContent
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_MATCH_WHERE_SENT,
    NoParameters,
    StrictRoute,
    idempotent,
    sent_with,
)

router = APIRouter(
    prefix="/v1/offers", tags=["offers"], route_class=StrictRoute, dependencies=[NoParameters]
)

WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]


@router.post(
    "",
    status_code=201,
    responses={201: {"model": WriterOffer}},
    openapi_extra=sent_with(IDEMPOTENCY_KEY, CHANGE_REASON),
)
def create_offer(
    content: OfferContent, request: Request, offers: Offers, principal: WriteOffers
) -> Response:
    """Store a draft. With Idempotency-Key, the same request again gives the same answer."""

    def create() -> Response:
        drafted = offers.commands.create(content, authorship(request, principal))
        return written_offer(drafted, 201)

    return idempotent(request, principal, offers.idempotency, dump_json(content), create)


@router.put("/{reference}", responses=WRITTEN, openapi_extra=sent_with(IF_MATCH, CHANGE_REASON))
def replace_offer(
    reference: OfferReference,
    content: OfferContent,
    request: Request,
    offers: Offers,
    principal: WriteOffers,
) -> Response:
    """Make this content the pending revision; If-Match names the version that was read.

    What readers see stays until the revision is approved. An edit takes a text that is under
    review back to its author: submit it again.
    """
    changed = target(request, principal, reference, strict=True)
    return written_offer(offers.commands.revise(changed, content))


@router.patch("/{reference}", responses=WRITTEN, openapi_extra=sent_with(IF_MATCH, CHANGE_REASON))
def patch_offer(
    reference: OfferReference,
    patch: dict[str, Any],
    request: Request,
    offers: Offers,
    principal: WriteOffers,
) -> Response:
    """Apply a JSON Merge Patch (RFC 7396) to the pending revision, else to the live text."""
    changed = target(request, principal, reference, strict=True)
    return written_offer(offers.commands.patch(changed, patch))


@router.post(
    "/{reference}/discard",
    responses=WRITTEN,
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CHANGE_REASON),
)
def discard_revision(
    reference: OfferReference, request: Request, offers: Offers, principal: WriteOffers
) -> Response:
    """Throw the pending revision away; what readers see stays."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(offers.commands.discard(changed))


@router.post(
    "/{reference}/restore",
    responses=WRITTEN,
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CHANGE_REASON),
)
def restore_revision(
    reference: OfferReference,
    restoration: Restoration,
    request: Request,
    offers: Offers,
    principal: WriteOffers,
) -> Response:
    """Make a former text the pending revision."""
    changed = target(request, principal, reference, strict=False)
    return written_offer(offers.commands.restore(changed, restoration.number))
