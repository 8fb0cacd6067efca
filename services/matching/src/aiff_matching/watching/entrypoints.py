"""Alerts of a stored need: list, mark as read, settings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from aiff_contracts.codec import dump
from aiff_contracts.language import Strict
from aiff_kit.http import (
    IF_MATCH,
    IF_NONE_MATCH,
    MOST_ITEMS,
    NoParameters,
    PageParameters,
    StrictRoute,
    match_version,
    sent_with,
)
from aiff_matching.rules.domain.verdicts import Verdict
from aiff_matching.shared.http import ReadStartUps, WriteStartUps, private_json, tagged, versioned
from aiff_matching.shared.paging import page
from aiff_matching.shared.provided import provided
from aiff_matching.shared.versions import Target
from aiff_matching.watching.application.alerts import AlertCommands
from aiff_matching.watching.domain.alerts import Alert, AlertSettings
from aiff_matching.watching.domain.match_states import AlertKind

router = APIRouter(prefix="/v1/needs/{need_id}", tags=["alerts"], route_class=StrictRoute)
Alerts = Annotated[AlertCommands, provided(AlertCommands)]


class AlertParameters(PageParameters):
    """The parameters of a need's alerts."""

    unread: bool = Field(default=False)


@dataclass(frozen=True, slots=True)
class AlertView:
    """What is new about one offer, in one line however often it changed.

    `verdict` is that of now, null where the offer is no match any more; `changes` counts the
    changes since `first_at`; `told_at` is when a digest last named the line.
    """

    id: UUID
    offer_id: UUID
    offer_slug: str
    kind: AlertKind
    verdict: Verdict | None
    options: tuple[str, ...]
    closing: datetime | None
    changes: int
    first_at: datetime
    last_at: datetime
    told_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlertPage:
    """A page of alerts, the newest first."""

    items: tuple[AlertView, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest(Strict):
    """Which alerts were read; absent means all of the need."""

    alerts: Annotated[tuple[UUID, ...], MinLen(1), MaxLen(MOST_ITEMS)] | None = None


@dataclass(frozen=True, slots=True)
class ReadView:
    """How many alerts were unread before."""

    read: int


@router.get("/alerts", responses={200: {"model": AlertPage}})
def list_alerts(
    need_id: UUID,
    request: Request,
    alerts: Alerts,
    principal: ReadStartUps,
    parameters: Annotated[AlertParameters, Query()],
) -> Response:
    """Return what is new about offers for a need, the newest first."""
    need, unread = Target(need_id, principal.tenant), parameters.unread
    filters = {"unread": "true"} if unread else {}
    return page(
        request,
        parameters,
        lambda after, limit: alerts.page(need, after, limit, unread=unread),
        _body,
        filters,
    )


@router.post("/alerts:read", responses={200: {"model": ReadView}}, dependencies=[NoParameters])
def mark_alerts_read(
    need_id: UUID, read: ReadRequest, alerts: Alerts, principal: WriteStartUps
) -> Response:
    """Mark alerts as read; what happens to an offer afterwards begins a new line."""
    target = Target(need_id, principal.tenant)
    return private_json({"read": alerts.read(target, read.alerts)})


@router.get(
    "/alert-settings",
    responses={200: {"model": AlertSettings}},
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_NONE_MATCH),
)
def read_alert_settings(
    need_id: UUID, request: Request, alerts: Alerts, principal: ReadStartUps
) -> Response:
    """Return how a need is told of, with its ETag."""
    watcher = alerts.settings(Target(need_id, principal.tenant))
    return versioned(request, dump(watcher.settings), watcher.version)


@router.put(
    "/alert-settings",
    responses={200: {"model": AlertSettings}},
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def replace_alert_settings(
    need_id: UUID,
    settings: AlertSettings,
    request: Request,
    alerts: Alerts,
    principal: WriteStartUps,
) -> Response:
    """Replace the settings of the version that If-Match names; what waits is told as they say."""
    need = Target(need_id, principal.tenant, match_version(request))
    changed = alerts.change_settings(need, settings)
    return private_json(dump(changed.settings), headers=tagged(changed.version))


def _body(alert: Alert) -> dict[str, object]:
    now = alert.now
    return {
        "id": alert.id,
        "offer_id": alert.offer_id,
        "offer_slug": alert.slug,
        "kind": alert.kind,
        "verdict": None if now is None else now.verdict,
        "options": () if now is None else now.options,
        "closing": None if now is None else now.closing,
        "changes": alert.changes,
        "first_at": alert.first_at,
        "last_at": alert.last_at,
        "told_at": alert.told_at,
        "read_at": alert.read_at,
    }
