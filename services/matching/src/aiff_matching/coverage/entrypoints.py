"""How well the catalogue covers what start-ups need, for staff and funders."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from aiff_contracts.codec import dump_json
from aiff_kit.http import StrictRoute, negotiated
from aiff_matching.coverage.application import CoverageQueries
from aiff_matching.coverage.domain import CoverageFigure
from aiff_matching.shared.http import CurateIntroductions
from aiff_matching.shared.provided import provided

router = APIRouter(prefix="/v1/coverage", tags=["statistics"], route_class=StrictRoute)
Figures = Annotated[CoverageQueries, provided(CoverageQueries)]
_TYPES = ("application/json", "text/csv")


class CoverageParameters(BaseModel):
    """The day of the figures, the newest without one."""

    model_config = ConfigDict(extra="forbid")
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """How many needs are covered to which level, by group.

    A need is covered as its least covered kind. Groups of fewer than five start-ups are counted
    together as `others`, or not at all; `unknown` are those who did not say.
    """

    day: date
    items: tuple[CoverageFigure, ...]


_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": CoverageView, "content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get("", responses=_ANSWERS)
def read_coverage(
    request: Request,
    coverage: Figures,
    _principal: CurateIntroductions,
    parameters: Annotated[CoverageParameters, Query()],
) -> Response:
    """Return the figures that the worker made, by Accept as JSON or CSV."""
    media_type = negotiated(request.headers.get("accept"), _TYPES)
    day, figures = coverage.of(parameters.day)
    if media_type == "text/csv":
        body: bytes | str = _csv(day, figures)
    else:
        body = dump_json(CoverageView(day=day, items=tuple(figures)))
    headers = {"Cache-Control": "private, no-store", "Vary": "Accept"}
    return Response(body, headers=headers, media_type=media_type)


def _csv(day: date, figures: Sequence[CoverageFigure]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("day", "grouping", "key", "level", "needs"))
    writer.writerows(
        (day, figure.grouping, figure.key, figure.level, figure.needs) for figure in figures
    )
    return text.getvalue()
