"""The quality of offers: what is wrong with one, and the list that curators work through."""

from dataclasses import replace
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.offers.entrypoints.http.schemas import OfferReference
from aiff_catalog.quality.application.assessments import WorkItem
from aiff_catalog.quality.domain.findings import Quality
from aiff_catalog.quality.domain.links import LinkSeen
from aiff_catalog.quality.entrypoints.http.schemas import (
    LinkList,
    LinkView,
    WorkPage,
    WorkParameters,
)
from aiff_catalog.quality.entrypoints.http.services import Checks
from aiff_catalog.shared.http.answers import PRIVATE, Shown, private_page
from aiff_catalog.shared.http.authors import authorship
from aiff_contracts.codec import dump_json
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import NoParameters, StrictRoute

router = APIRouter(prefix="/v1/quality", tags=["quality"], route_class=StrictRoute)
Reviewer = Annotated[Principal, requires(Scope.OFFERS_REVIEW)]
_NONE: dict[int | str, dict[str, Any]] = {204: {"description": "Done."}}


@router.get("", responses={200: {"model": WorkPage}})
def list_quality(
    request: Request,
    checks: Checks,
    principal: Reviewer,
    parameters: Annotated[WorkParameters, Query()],
) -> Response:
    """Return the listings in which the checks found something, the worst first.

    `claimed`: `me` for what the caller works on, `nobody` for what is free.
    """
    query = parameters.query(principal.subject)
    asked = parameters.model_dump(exclude={"cursor", "limit"})
    place = ["quality", principal.subject, *map(str, asked.values())]
    if parameters.cursor is not None:
        score, offer_id = checks.cursors.decode(parameters.cursor, place)
        query = replace(query, after=(score, offer_id))
    shown: Shown[WorkItem] = Shown(
        _item, lambda one: checks.cursors.encode([one.score, str(one.id)], place)
    )
    return private_page(request, checks.work_list.worst(query), parameters.limit, shown)


@router.get("/{reference}", responses={200: {"model": Quality}}, dependencies=[NoParameters])
def read_listing_quality(
    reference: OfferReference, request: Request, checks: Checks, principal: Reviewer
) -> Response:
    """Return what the checks find in the text that editors work on, and its score."""
    quality = orjson.dumps(checks.work_list.of(reference, authorship(request, principal)))
    headers = {"Cache-Control": PRIVATE}
    return Response(quality, headers=headers, media_type="application/json")


@router.get("/{reference}/links", responses={200: {"model": LinkList}}, dependencies=[NoParameters])
def read_listing_links(
    reference: OfferReference, request: Request, checks: Checks, principal: Reviewer
) -> Response:
    """Return what was seen of the addresses in the listing; what was never asked is left out."""
    seen = checks.work_list.links(reference, authorship(request, principal))
    items = tuple(_link(one) for one in seen)
    headers = {"Cache-Control": PRIVATE}
    return Response(dump_json(LinkList(items=items)), 200, headers, media_type="application/json")


@router.put("/{reference}/claim", status_code=204, responses=_NONE, dependencies=[NoParameters])
def claim_listing(
    reference: OfferReference, request: Request, checks: Checks, principal: Reviewer
) -> Response:
    """Say that the caller works on the listing; 409 where somebody else does."""
    checks.work_list.claim(reference, authorship(request, principal))
    return Response(status_code=204, headers={"Cache-Control": PRIVATE})


@router.delete("/{reference}/claim", status_code=204, responses=_NONE, dependencies=[NoParameters])
def release_listing(
    reference: OfferReference, request: Request, checks: Checks, principal: Reviewer
) -> Response:
    """Give the listing back, whoever had it."""
    checks.work_list.release(reference, authorship(request, principal))
    return Response(status_code=204, headers={"Cache-Control": PRIVATE})


def _link(one: LinkSeen) -> LinkView:
    return LinkView(
        url=one.url,
        outcome=one.outcome,
        dead=one.is_dead,
        status=one.status,
        checked_at=one.checked_at,
        gone_since=one.gone_since,
    )


def _item(one: WorkItem) -> bytes:
    members = {name: getattr(one, name) for name in WorkItem.__slots__}
    return orjson.dumps(members, option=orjson.OPT_UTC_Z)
