"""Introductions that were asked of the caller's organisation: read, take care, end, decline."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from aiff_kit.auth import Principal
from aiff_kit.http import PageParameters, StrictRoute, match_version
from aiff_matching.introductions.application.answering import Received, ReceivedIntroductions
from aiff_matching.introductions.domain.introductions import Move
from aiff_matching.introductions.domain.refusals import Refusal
from aiff_matching.introductions.entrypoints.http.presenting import received_view
from aiff_matching.introductions.entrypoints.http.schemas import (
    ReceivedPage,
    ReceivedView,
    RefusalRequest,
)
from aiff_matching.shared.http import AnswerIntroductions, organisation_of
from aiff_matching.shared.provided import provided
from aiff_matching.shared.resources import Resource

router = APIRouter(
    prefix="/v1/received-introductions", tags=["introductions"], route_class=StrictRoute
)
RECEIVED = Resource("/v1/received-introductions", received_view, ReceivedView, ReceivedPage)
Requests = Annotated[ReceivedIntroductions, provided(ReceivedIntroductions)]


@router.get("", **RECEIVED.lists)
def list_received_introductions(
    request: Request,
    requests: Requests,
    principal: AnswerIntroductions,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the requests to the caller's organisation, oldest first."""
    provider = organisation_of(principal)
    return RECEIVED.page(
        request, parameters, lambda after, limit: requests.page(provider, after, limit)
    )


@router.get("/{introduction_id}", **RECEIVED.reads)
def read_received_introduction(
    introduction_id: UUID, request: Request, requests: Requests, principal: AnswerIntroductions
) -> Response:
    """Return one request with its ETag; reading changes nothing."""
    received = Received(
        id=introduction_id, provider=organisation_of(principal), subject=principal.subject
    )
    return RECEIVED.shown(request, requests.get(received))


@router.post("/{introduction_id}/see", **RECEIVED.changes)
def see_introduction(
    introduction_id: UUID, request: Request, requests: Requests, principal: AnswerIntroductions
) -> Response:
    """Say that somebody has read the request."""
    return _moved(requests, _received(introduction_id, request, principal), "see")


@router.post("/{introduction_id}/take-care", **RECEIVED.changes)
def take_care_of_introduction(
    introduction_id: UUID, request: Request, requests: Requests, principal: AnswerIntroductions
) -> Response:
    """Say that somebody takes care of the start-up."""
    return _moved(requests, _received(introduction_id, request, principal), "take_care")


@router.post("/{introduction_id}/finish", **RECEIVED.changes)
def finish_introduction(
    introduction_id: UUID, request: Request, requests: Requests, principal: AnswerIntroductions
) -> Response:
    """Say that help was given."""
    return _moved(requests, _received(introduction_id, request, principal), "finish")


@router.post("/{introduction_id}/finish-without-help", **RECEIVED.changes)
def finish_introduction_without_help(
    introduction_id: UUID, request: Request, requests: Requests, principal: AnswerIntroductions
) -> Response:
    """Say that the exchange took place and no help could be given."""
    return _moved(requests, _received(introduction_id, request, principal), "finish_without_help")


@router.post("/{introduction_id}/report-unreachable", **RECEIVED.changes)
def report_startup_unreachable(
    introduction_id: UUID, request: Request, requests: Requests, principal: AnswerIntroductions
) -> Response:
    """Say that the start-up could not be reached."""
    return _moved(requests, _received(introduction_id, request, principal), "report_unreachable")


@router.post("/{introduction_id}/decline", **RECEIVED.changes)
def decline_introduction(
    introduction_id: UUID,
    refusal: RefusalRequest,
    request: Request,
    requests: Requests,
    principal: AnswerIntroductions,
) -> Response:
    """Refuse with a reason; name another offer where one could help."""
    received = _received(introduction_id, request, principal)
    told = Refusal(refusal.reason, refusal.explanation)
    return RECEIVED.changed(requests.decline(received, told, refusal.offer))


def _moved(requests: ReceivedIntroductions, received: Received, move: Move) -> Response:
    return RECEIVED.changed(requests.move(received, move))


def _received(introduction_id: UUID, request: Request, principal: Principal) -> Received:
    return Received(
        id=introduction_id,
        provider=organisation_of(principal),
        subject=principal.subject,
        version=match_version(request),
    )
