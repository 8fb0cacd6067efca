"""The question: a profile and a need in, ranked explained matches out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from aiff_kit.http import NoParameters, StrictRoute
from aiff_matching.answers.application.queries import MatchQueries
from aiff_matching.answers.domain.matching import Asked
from aiff_matching.answers.entrypoints.http.presenting import answer_view
from aiff_matching.answers.entrypoints.http.schemas import (
    AnswerView,
    MatchParameters,
    MatchRequest,
)
from aiff_matching.experience.application import ExposureMeter
from aiff_matching.shared.http import Caller, ReadStartUps, private_json
from aiff_matching.shared.provided import provided
from aiff_matching.shared.versions import Target

router = APIRouter(prefix="/v1", tags=["matches"], route_class=StrictRoute)
Matches = Annotated[MatchQueries, provided(MatchQueries)]
Meter = Annotated[ExposureMeter, provided(ExposureMeter)]


@router.post("/matches", responses={200: {"model": AnswerView}}, dependencies=[NoParameters])
def match_offers(
    question: MatchRequest, matches: Matches, meter: Meter, principal: Caller
) -> Response:
    """Answer a question; anybody may ask and nothing of it is stored."""
    answer = matches.match(_asked(question))
    # Who can be anybody could push a provider over the cap.
    if not principal.anonymous:
        meter.note(answer.providers)
    return private_json(answer_view(answer))


@router.get("/needs/{need_id}/matches", responses={200: {"model": AnswerView}})
def match_need(
    need_id: UUID,
    matches: Matches,
    meter: Meter,
    principal: ReadStartUps,
    parameters: Annotated[MatchParameters, Query()],
) -> Response:
    """Answer a stored need; the verdicts shown are logged."""
    target = Target(need_id, principal.tenant)
    grouped = parameters.group == "verdict"
    answer = matches.matches_of(target, parameters.limit, by_verdict=grouped)
    meter.note(answer.providers)
    return private_json(answer_view(answer))


def _asked(question: MatchRequest) -> Asked:
    return Asked(
        profile=question.profile,
        need=question.need,
        kinds=frozenset(question.kinds or ()),
        weights=question.weights.complete(),
        limit=question.limit,
        by_verdict=question.group == "verdict",
        offers=frozenset(question.offers or ()),
    )
