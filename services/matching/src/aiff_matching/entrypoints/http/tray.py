"""The curators' tray: introductions that were refused by all or taken by none."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from aiff_kit.http import (
    IF_MATCH,
    IF_NONE_MATCH,
    NoParameters,
    StrictRoute,
    match_version,
    sent_with,
)
from aiff_matching.application.answering import TrayEntry
from aiff_matching.entrypoints.http.answers import private_json, tagged, versioned
from aiff_matching.entrypoints.http.introduction_schemas import (
    SettlementRequest,
    TrayPage,
    TrayView,
)
from aiff_matching.entrypoints.http.introduction_views import tray_view
from aiff_matching.entrypoints.http.paging import page
from aiff_matching.entrypoints.http.schemas import PageParameters
from aiff_matching.entrypoints.http.services import CurateIntroductions, Matching

router = APIRouter(prefix="/v1/introductions/tray", tags=["introductions"], route_class=StrictRoute)
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": TrayView}}


@router.get("", responses={200: {"model": TrayPage}})
def list_introduction_tray(
    request: Request,
    matching: Matching,
    _curator: CurateIntroductions,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return what waits for a curator, oldest first."""
    return page(request, matching.cursors, parameters, matching.tray.page, tray_view)


@router.get(
    "/{introduction_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_NONE_MATCH),
)
def read_tray_entry(
    introduction_id: UUID, request: Request, matching: Matching, curator: CurateIntroductions
) -> Response:
    """Return one request in the tray with its ETag."""
    found = matching.tray.get(TrayEntry(id=introduction_id, subject=curator.subject))
    return versioned(request, tray_view(found), found.version)


@router.post(
    "/{introduction_id}/settle",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def settle_introduction(
    introduction_id: UUID,
    settlement: SettlementRequest,
    request: Request,
    matching: Matching,
    curator: CurateIntroductions,
) -> Response:
    """Tell the start-up what can be done, propose offers, and take the request off the tray."""
    entry = TrayEntry(id=introduction_id, subject=curator.subject, version=match_version(request))
    changed = matching.tray.settle(entry, settlement.note, settlement.offers)
    return private_json(tray_view(changed), headers=tagged(changed.version))
