"""Figures for staff and funders, as JSON and as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from aiff_catalog.shared.http.answers import PRIVATE
from aiff_catalog.shared.http.services import provided
from aiff_catalog.statistics.application import StatisticsQueries
from aiff_catalog.statistics.domain import Figure
from aiff_kit.auth import Scope, requires
from aiff_kit.cells import harmless
from aiff_kit.http import StrictRoute, negotiated

router = APIRouter(prefix="/v1/statistics", tags=["statistics"], route_class=StrictRoute)
_TYPES = ("application/json", "text/csv")


class StatisticsParameters(BaseModel):
    """The day of the figures, the newest without one."""

    model_config = ConfigDict(extra="forbid")
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsView:
    """The figures of a day, each by its keys."""

    day: date
    figures: dict[str, dict[str, float]]


_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": StatisticsView, "content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get("", responses=_ANSWERS, dependencies=[requires(Scope.OFFERS_REVIEW)])
def read_statistics(
    request: Request,
    statistics: Annotated[StatisticsQueries, provided(StatisticsQueries)],
    parameters: Annotated[StatisticsParameters, Query()],
) -> Response:
    """Return the figures that the worker made, by Accept as JSON or CSV."""
    media_type = negotiated(request.headers.get("accept"), _TYPES)
    day, figures = statistics.of(parameters.day)
    body = _csv(day, figures) if media_type == "text/csv" else _json(day, figures)
    headers = {"Cache-Control": PRIVATE, "Vary": "Accept"}
    return Response(body, headers=headers, media_type=media_type)


def _json(day: date, figures: Sequence[Figure]) -> bytes:
    grouped: dict[str, dict[str, float]] = {}
    for figure in figures:
        grouped.setdefault(figure.figure, {})[figure.key] = figure.value
    return orjson.dumps({"day": day, "figures": grouped})


def _csv(day: date, figures: Sequence[Figure]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("day", "figure", "key", "value"))
    # A key that somebody typed into a search must be no formula in a spreadsheet.
    writer.writerows((day, figure.figure, harmless(figure.key), figure.value) for figure in figures)
    return text.getvalue()
