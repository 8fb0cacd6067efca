"""Rules, for the people who write them."""

from fastapi import APIRouter, Response

from aiff_kit.http import NoParameters, StrictRoute
from aiff_matching.entrypoints.http.answers import private_json
from aiff_matching.entrypoints.http.schemas import FindingView, LintRequest, LintView
from aiff_matching.entrypoints.http.services import Matching, WriteOffers

router = APIRouter(prefix="/v1", tags=["rules"], route_class=StrictRoute)


@router.post("/rules:lint", responses={200: {"model": LintView}}, dependencies=[NoParameters])
def lint_rule(draft: LintRequest, matching: Matching, _author: WriteOffers) -> Response:
    """Say what is wrong with a rule that is being written; nothing is stored."""
    findings = tuple(
        FindingView(found.code, found.severity, f"/rule{found.pointer}", found.message)
        for found in matching.rules.lint(draft.rule)
    )
    acceptable = all(found.severity != "error" for found in findings)
    return private_json(LintView(acceptable=acceptable, findings=findings))
