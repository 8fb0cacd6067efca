"""The curators' tray: introductions that were refused by all or taken by none."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from aiff_kit.http import PageParameters, StrictRoute, match_version
from aiff_matching.introductions.application.answering import (
    UnresolvedIntroductions,
    UnresolvedTarget,
)
from aiff_matching.introductions.entrypoints.http.presenting import tray_view
from aiff_matching.introductions.entrypoints.http.schemas import (
    SettlementRequest,
    TrayPage,
    TrayView,
)
from aiff_matching.shared.http import CurateIntroductions
from aiff_matching.shared.provided import provided
from aiff_matching.shared.resources import Resource

router = APIRouter(prefix="/v1/introduction-tray", tags=["introductions"], route_class=StrictRoute)
TRAY = Resource("/v1/introduction-tray", tray_view, TrayView, TrayPage)
Tray = Annotated[UnresolvedIntroductions, provided(UnresolvedIntroductions)]


@router.get("", **TRAY.lists)
def list_introduction_tray(
    request: Request,
    tray: Tray,
    _curator: CurateIntroductions,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return what waits for a curator, oldest first."""
    return TRAY.page(request, parameters, tray.page)


@router.get("/{introduction_id}", **TRAY.reads)
def read_tray_entry(
    introduction_id: UUID, request: Request, tray: Tray, curator: CurateIntroductions
) -> Response:
    """Return one request in the tray with its ETag."""
    entry = UnresolvedTarget(id=introduction_id, subject=curator.subject)
    return TRAY.shown(request, tray.get(entry))


@router.post("/{introduction_id}/settle", **TRAY.changes)
def settle_introduction(
    introduction_id: UUID,
    settlement: SettlementRequest,
    request: Request,
    tray: Tray,
    curator: CurateIntroductions,
) -> Response:
    """Tell the start-up what can be done, propose offers, and take the request off the tray."""
    entry = UnresolvedTarget(
        id=introduction_id, subject=curator.subject, version=match_version(request)
    )
    return TRAY.changed(tray.settle(entry, settlement.note, settlement.offers))
