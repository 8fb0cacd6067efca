"""Compute plans: a project in, every access mode and cloud side by side out."""

from typing import Annotated

from fastapi import APIRouter, Body, Response

from aiff_kit.http import NoParameters, StrictRoute
from aiff_matching.domain.plan import PlanAsked
from aiff_matching.entrypoints.http.answers import private_json
from aiff_matching.entrypoints.http.plan_examples import EXAMPLES
from aiff_matching.entrypoints.http.plan_presenting import plan_view
from aiff_matching.entrypoints.http.plan_schemas import PlanRequest, PlanView
from aiff_matching.entrypoints.http.services import Matching

router = APIRouter(prefix="/v1/compute", tags=["compute"], route_class=StrictRoute)


@router.post("/plan", responses={200: {"model": PlanView}}, dependencies=[NoParameters])
def plan_compute(
    question: Annotated[PlanRequest, Body(openapi_examples=EXAMPLES)], matching: Matching
) -> Response:
    """Plan the compute part of a project; anybody may ask and nothing is stored."""
    asked = PlanAsked(question.profile, question.need)
    return private_json(plan_view(matching.plans.plan(asked)))
