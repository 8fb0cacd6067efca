"""The question: a profile and a need in, ranked explained matches out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from aiff_kit.http import NoParameters, StrictRoute
from aiff_matching.application.startups import Target
from aiff_matching.domain.matching import Asked
from aiff_matching.entrypoints.http.answers import private_json
from aiff_matching.entrypoints.http.presenting import answer_view
from aiff_matching.entrypoints.http.schemas import AnswerView, MatchParameters, MatchRequest
from aiff_matching.entrypoints.http.services import Caller, Matching, ReadStartUps

router = APIRouter(prefix="/v1", tags=["matches"], route_class=StrictRoute)


@router.post("/matches", responses={200: {"model": AnswerView}}, dependencies=[NoParameters])
def match_offers(question: MatchRequest, matching: Matching, principal: Caller) -> Response:
    """Answer a question; anybody may ask and nothing of it is stored."""
    asked = Asked(
        profile=question.profile,
        need=question.need,
        kinds=frozenset(question.kinds or ()),
        weights=question.weights.complete(),
        limit=question.limit,
    )
    found = matching.matches.match(asked)
    # Who can be anybody could push a provider over the cap.
    if not principal.anonymous:
        matching.meter.note(found.matches)
    return private_json(answer_view(found))


@router.get("/needs/{need_id}/matches", responses={200: {"model": AnswerView}})
def match_need(
    need_id: UUID,
    matching: Matching,
    principal: ReadStartUps,
    parameters: Annotated[MatchParameters, Query()],
) -> Response:
    """Answer a stored need; the verdicts shown are logged."""
    target = Target(need_id, principal.tenant)
    found = matching.matches.matches_of(target, parameters.limit)
    matching.meter.note(found.matches)
    return private_json(answer_view(found))
