"""Probable duplicates: found, dismissed, merged."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from aiff_catalog.offers.entrypoints.http.answers import WRITTEN, written_offer
from aiff_catalog.offers.entrypoints.http.schemas import OfferReference, StatedReason
from aiff_catalog.offers.entrypoints.http.targets import target
from aiff_catalog.quality.application.duplicate_pairs import PairView
from aiff_catalog.quality.entrypoints.http.duplicate_schemas import (
    Merge,
    PairPage,
    PairParameters,
)
from aiff_catalog.quality.entrypoints.http.services import Checks
from aiff_catalog.shared.http.answers import PRIVATE, Shown, private_page
from aiff_catalog.shared.http.authors import authorship
from aiff_contracts.codec import dump_json
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import IF_MATCH_WHERE_SENT, NoParameters, StrictRoute, sent_with

router = APIRouter(prefix="/v1", tags=["quality"], route_class=StrictRoute)

Reviewer = Annotated[Principal, requires(Scope.OFFERS_REVIEW)]
WithdrawOffers = Annotated[Principal, requires(Scope.OFFERS_WITHDRAW)]
PairInPath = Annotated[UUID, Path(description="The identifier of the pair.")]
_NONE: dict[int | str, dict[str, Any]] = {204: {"description": "Done."}}


@router.get("/duplicates", responses={200: {"model": PairPage}})
def list_duplicates(
    request: Request,
    checks: Checks,
    _: Reviewer,
    parameters: Annotated[PairParameters, Query()],
) -> Response:
    """Return pairs of listings that are probably one offer, the likest first, and why."""
    query, place = parameters.query(), ["duplicates", parameters.state, parameters.kind]
    if parameters.cursor is not None:
        score, pair_id = checks.cursors.decode(parameters.cursor, place)
        query = replace(query, after=(score, pair_id))
    shown: Shown[PairView] = Shown(
        dump_json, lambda one: checks.cursors.encode([one.score, str(one.id)], place)
    )
    return private_page(request, checks.duplicates.page(query), parameters.limit, shown)


@router.post(
    "/duplicates/{pair_id}/dismiss",
    status_code=204,
    responses=_NONE,
    dependencies=[NoParameters],
)
def dismiss_duplicate(
    pair_id: PairInPath,
    reason: StatedReason,
    request: Request,
    checks: Checks,
    reviewer: Reviewer,
) -> Response:
    """Say why the two listings are two offers; the pair does not come back by itself."""
    checks.duplicates.dismiss(pair_id, reason.reason, authorship(request, reviewer))
    return Response(status_code=204, headers={"Cache-Control": PRIVATE})


@router.post(
    "/duplicates/{pair_id}/reopen",
    status_code=204,
    responses=_NONE,
    dependencies=[NoParameters],
)
def reopen_duplicate(
    pair_id: PairInPath, request: Request, checks: Checks, reviewer: Reviewer
) -> Response:
    """Take a dismissal back."""
    checks.duplicates.reopen(pair_id, authorship(request, reviewer))
    return Response(status_code=204, headers={"Cache-Control": PRIVATE})


@router.post(
    "/offers/{reference}/merge",
    responses=WRITTEN,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT),
)
def merge_offer(
    reference: OfferReference,
    merge: Merge,
    request: Request,
    checks: Checks,
    principal: WithdrawOffers,
) -> Response:
    """Archive a listing that is the same offer as another one, to which its addresses lead now.

    Both keep their history. A partner's record goes along where the partner provides the listing
    that stays. 409 where other offers still name it.
    """
    changed = target(request, principal, reference, strict=False)
    return written_offer(checks.merging.merge(changed, merge.into, merge.reason))
