"""Rules, for the people who write them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Response

from aiff_contracts.language import Strict
from aiff_contracts.offer import Text
from aiff_contracts.rules import Rule
from aiff_kit.http import NoParameters, StrictRoute
from aiff_matching.authoring.application import RuleChecks
from aiff_matching.authoring.domain.linting import Severity
from aiff_matching.shared.http import WriteOffers, private_json
from aiff_matching.shared.provided import provided


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRequest(Strict):
    """A rule that is being written."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class FindingView:
    """One remark on a rule; `pointer` is the JSON pointer of the place in the request."""

    code: str
    severity: Severity
    pointer: str
    message: Text


@dataclass(frozen=True, slots=True)
class LintView:
    """All remarks; `acceptable` when none of them is an error."""

    acceptable: bool
    findings: tuple[FindingView, ...]


router = APIRouter(prefix="/v1", tags=["rules"], route_class=StrictRoute)
Rules = Annotated[RuleChecks, provided(RuleChecks)]


@router.post("/rules:lint", responses={200: {"model": LintView}}, dependencies=[NoParameters])
def lint_rule(draft: LintRequest, rules: Rules, _author: WriteOffers) -> Response:
    """Say what is wrong with a rule that is being written; nothing is stored."""
    findings = tuple(
        FindingView(finding.code, finding.severity, f"/rule{finding.pointer}", finding.message)
        for finding in rules.lint(draft.rule)
    )
    acceptable = all(finding.severity != "error" for finding in findings)
    return private_json(LintView(acceptable=acceptable, findings=findings))
