"""Introductions that were asked of the caller's organisation: read, take care, end, decline."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from aiff_kit.auth import Principal
from aiff_kit.http import (
    IF_MATCH,
    IF_NONE_MATCH,
    NoParameters,
    StrictRoute,
    match_version,
    sent_with,
)
from aiff_matching.application.answering import Received
from aiff_matching.domain.introductions import Introduction, Move
from aiff_matching.domain.refusals import Refusal
from aiff_matching.entrypoints.http.answers import private_json, tagged, versioned
from aiff_matching.entrypoints.http.introduction_schemas import (
    ReceivedPage,
    ReceivedView,
    RefusalRequest,
)
from aiff_matching.entrypoints.http.introduction_views import received_view
from aiff_matching.entrypoints.http.paging import page
from aiff_matching.entrypoints.http.schemas import PageParameters
from aiff_matching.entrypoints.http.services import (
    AnswerIntroductions,
    Matching,
    Services,
    organisation_of,
)

router = APIRouter(
    prefix="/v1/introductions/received", tags=["introductions"], route_class=StrictRoute
)
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": ReceivedView}}


@router.get("", responses={200: {"model": ReceivedPage}})
def list_received_introductions(
    request: Request,
    matching: Matching,
    principal: AnswerIntroductions,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the requests to the caller's organisation, oldest first."""
    provider = organisation_of(principal)
    return page(
        request,
        matching.cursors,
        parameters,
        lambda after, limit: matching.received.page(provider, after, limit),
        received_view,
    )


@router.get(
    "/{introduction_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_NONE_MATCH),
)
def read_received_introduction(
    introduction_id: UUID, request: Request, matching: Matching, principal: AnswerIntroductions
) -> Response:
    """Return one request with its ETag; reading changes nothing."""
    received = Received(
        id=introduction_id, provider=organisation_of(principal), subject=principal.subject
    )
    found = matching.received.get(received)
    return versioned(request, received_view(found), found.version)


@router.post(
    "/{introduction_id}/see",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def see_introduction(
    introduction_id: UUID, request: Request, matching: Matching, principal: AnswerIntroductions
) -> Response:
    """Say that somebody has read the request."""
    return _moved(matching, _received(introduction_id, request, principal), "see")


@router.post(
    "/{introduction_id}/take-care",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def take_care_of_introduction(
    introduction_id: UUID, request: Request, matching: Matching, principal: AnswerIntroductions
) -> Response:
    """Say that somebody takes care of the start-up."""
    return _moved(matching, _received(introduction_id, request, principal), "take_care")


@router.post(
    "/{introduction_id}/finish",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def finish_introduction(
    introduction_id: UUID, request: Request, matching: Matching, principal: AnswerIntroductions
) -> Response:
    """Say that help was given."""
    return _moved(matching, _received(introduction_id, request, principal), "finish")


@router.post(
    "/{introduction_id}/finish-without-help",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def finish_introduction_without_help(
    introduction_id: UUID, request: Request, matching: Matching, principal: AnswerIntroductions
) -> Response:
    """Say that the exchange took place and no help could be given."""
    return _moved(matching, _received(introduction_id, request, principal), "finish_without_help")


@router.post(
    "/{introduction_id}/report-unreachable",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def report_startup_unreachable(
    introduction_id: UUID, request: Request, matching: Matching, principal: AnswerIntroductions
) -> Response:
    """Say that the start-up could not be reached."""
    return _moved(matching, _received(introduction_id, request, principal), "report_unreachable")


@router.post(
    "/{introduction_id}/decline",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def decline_introduction(
    introduction_id: UUID,
    refusal: RefusalRequest,
    request: Request,
    matching: Matching,
    principal: AnswerIntroductions,
) -> Response:
    """Refuse with a reason; name another offer where one could help."""
    received = _received(introduction_id, request, principal)
    told = Refusal(refusal.reason, refusal.explanation)
    return _changed(matching.received.decline(received, told, refusal.offer))


def _moved(matching: Services, received: Received, move: Move) -> Response:
    return _changed(matching.received.move(received, move))


def _changed(item: Introduction) -> Response:
    return private_json(received_view(item), headers=tagged(item.version))


def _received(introduction_id: UUID, request: Request, principal: Principal) -> Received:
    return Received(
        id=introduction_id,
        provider=organisation_of(principal),
        subject=principal.subject,
        version=match_version(request),
    )
