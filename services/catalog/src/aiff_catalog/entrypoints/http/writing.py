"""Changing offers: create, replace, patch, publish, withdraw."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from aiff_catalog.application.commands import PatchOffer, ReviseOffer
from aiff_catalog.entrypoints.http.answers import written_offer
from aiff_catalog.entrypoints.http.schemas import OfferReference, Withdrawal, WriterOffer
from aiff_catalog.entrypoints.http.services import Catalogue, authorship
from aiff_contracts.codec import dump_json
from aiff_contracts.offer import OfferContent
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import NoParameters, StrictRoute, idempotent, match_version

router = APIRouter(
    prefix="/v1/offers", tags=["offers"], route_class=StrictRoute, dependencies=[NoParameters]
)

WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]
PublishOffers = Annotated[Principal, requires(Scope.OFFERS_PUBLISH)]
WithdrawOffers = Annotated[Principal, requires(Scope.OFFERS_WITHDRAW)]

_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": WriterOffer}}


@router.post("", status_code=201, responses={201: {"model": WriterOffer}})
def create_offer(
    content: OfferContent, request: Request, catalogue: Catalogue, principal: WriteOffers
) -> Response:
    """Store a draft. With Idempotency-Key, the same request again gives the same answer."""

    def create() -> Response:
        drafted = catalogue.offers.create(content, authorship(request, principal))
        return written_offer(drafted, 201)

    return idempotent(request, principal, catalogue.idempotency, dump_json(content), create)


@router.put("/{reference}", responses=_ANSWERS)
def replace_offer(
    reference: OfferReference,
    content: OfferContent,
    request: Request,
    catalogue: Catalogue,
    principal: WriteOffers,
) -> Response:
    """Replace the content of the version that If-Match names."""
    command = ReviseOffer(
        reference=reference,
        content=content,
        expected_version=match_version(request),
        by=authorship(request, principal),
    )
    return written_offer(catalogue.offers.revise(command))


@router.patch("/{reference}", responses=_ANSWERS)
def patch_offer(
    reference: OfferReference,
    patch: dict[str, Any],
    request: Request,
    catalogue: Catalogue,
    principal: WriteOffers,
) -> Response:
    """Apply a JSON Merge Patch (RFC 7396) to the version that If-Match names."""
    command = PatchOffer(
        reference=reference,
        patch=patch,
        expected_version=match_version(request),
        by=authorship(request, principal),
    )
    return written_offer(catalogue.offers.patch(command))


@router.post("/{reference}/publish", responses=_ANSWERS)
def publish_offer(
    reference: OfferReference, request: Request, catalogue: Catalogue, principal: PublishOffers
) -> Response:
    """Make an offer visible to everybody; If-Match is respected where it is sent."""
    by = authorship(request, principal)
    return written_offer(catalogue.offers.publish(reference, _sent_version(request), by))


@router.post("/{reference}/withdraw", responses=_ANSWERS)
def withdraw_offer(
    reference: OfferReference,
    withdrawal: Withdrawal,
    request: Request,
    catalogue: Catalogue,
    principal: WithdrawOffers,
) -> Response:
    """Take an offer out of the catalogue; its address answers 410 with the reason."""
    by = authorship(request, principal, withdrawal.reason)
    version = _sent_version(request)
    return written_offer(catalogue.offers.withdraw(reference, withdrawal.reason, version, by))


def _sent_version(request: Request) -> int | None:
    return match_version(request) if "if-match" in request.headers else None
