"""Compute plans: a project in, every access mode and cloud side by side out."""

from typing import Annotated

from fastapi import APIRouter, Body, Response

from aiff_kit.http import NoParameters, StrictRoute
from aiff_matching.plans.application import PlanQueries
from aiff_matching.plans.domain.plan import PlanAsked
from aiff_matching.plans.entrypoints.http.examples import EXAMPLES
from aiff_matching.plans.entrypoints.http.presenting import plan_view
from aiff_matching.plans.entrypoints.http.schemas import PlanRequest, PlanView
from aiff_matching.shared.http import private_json
from aiff_matching.shared.provided import provided

router = APIRouter(prefix="/v1/compute", tags=["compute"], route_class=StrictRoute)
Plans = Annotated[PlanQueries, provided(PlanQueries)]


@router.post("/plan", responses={200: {"model": PlanView}}, dependencies=[NoParameters])
def plan_compute(
    question: Annotated[PlanRequest, Body(openapi_examples=EXAMPLES)], plans: Plans
) -> Response:
    """Plan the compute part of a project; anybody may ask and nothing is stored."""
    asked = PlanAsked(question.profile, question.need)
    return private_json(plan_view(plans.plan(asked)))
