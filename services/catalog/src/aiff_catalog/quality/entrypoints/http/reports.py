"""Errors that readers report: received from anybody, read and resolved by curators."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from aiff_catalog.quality.application.reported import ReportView
from aiff_catalog.quality.entrypoints.http.report_schemas import (
    ErrorReportView,
    ErrorTold,
    ReceivedReport,
    ReportPage,
    ReportParameters,
    Resolve,
)
from aiff_catalog.quality.entrypoints.http.services import Checks
from aiff_catalog.shared.http.answers import PRIVATE, Shown, private_page
from aiff_catalog.shared.http.authors import authorship
from aiff_contracts.codec import dump_json
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import NoParameters, StrictRoute

router = APIRouter(prefix="/v1", tags=["quality"], route_class=StrictRoute)

Reviewer = Annotated[Principal, requires(Scope.OFFERS_REVIEW)]
_NONE: dict[int | str, dict[str, Any]] = {204: {"description": "Done."}}
_RECEIVED: dict[int | str, dict[str, Any]] = {
    202: {"model": ReceivedReport},
    404: {"description": "No published offer is known by this id or slug."},
}


@router.post(
    "/offers/{reference}/reports",
    status_code=202,
    responses=_RECEIVED,
    dependencies=[NoParameters],
)
def report_error(
    reference: Annotated[str, Path(description="The offer's id or its slug.")],
    told: ErrorTold,
    checks: Checks,
) -> Response:
    """Tell the curators that something in an offer is wrong; nobody needs an account for that.

    The same words again are the same report. A few an hour are accepted from one address.
    """
    report = checks.reports.receive(reference, told.told())
    shown = dump_json(ReceivedReport(id=report.id, received_at=report.received_at))
    headers = {"Cache-Control": PRIVATE}
    return Response(shown, 202, headers, media_type="application/json")


@router.get("/reports", responses={200: {"model": ReportPage}})
def list_reports(
    request: Request,
    checks: Checks,
    _: Reviewer,
    parameters: Annotated[ReportParameters, Query()],
) -> Response:
    """Return what readers reported: the longest open first, or the latest resolved."""
    query, place = parameters.query(), ["reports", parameters.state, str(parameters.offer)]
    if parameters.cursor is not None:
        at, report_id = checks.cursors.decode(parameters.cursor, place)
        query = replace(query, after=(datetime.fromisoformat(at), UUID(report_id)))
    shown: Shown[ReportView] = Shown(
        lambda one: dump_json(_view(one)),
        lambda one: checks.cursors.encode([_instant(one).isoformat(), str(one.report.id)], place),
    )
    return private_page(request, checks.reports.page(query), parameters.limit, shown)


@router.post(
    "/reports/{report_id}/resolve",
    status_code=204,
    responses=_NONE,
    dependencies=[NoParameters],
)
def resolve_report(
    report_id: Annotated[UUID, Path(description="The identifier of the report.")],
    resolve: Resolve,
    request: Request,
    checks: Checks,
    reviewer: Reviewer,
) -> Response:
    """Say what came of a report; the reader's contact is forgotten. 409 where it was resolved."""
    by = replace(authorship(request, reviewer), reason=resolve.reason)
    checks.reports.resolve(report_id, resolve.outcome, by)
    return Response(status_code=204, headers={"Cache-Control": PRIVATE})


def _instant(view: ReportView) -> datetime:
    ending = view.report.resolution
    return view.report.received_at if ending is None else ending.at


def _view(view: ReportView) -> ErrorReportView:
    report, told = view.report, view.report.told
    return ErrorReportView(
        id=report.id,
        offer=view.offer,
        version=report.version,
        subject=told.subject,
        pointer=told.pointer,
        message=told.message,
        contact=told.contact,
        received_at=report.received_at,
        resolution=report.resolution,
    )
