"""The drawing of a compute plan: the days and costs of its table, on two axes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from aiff_portal.needs.domain.answered.plans import PlanLine, mark_of, open_ways
from aiff_portal.ui.domain.charts import (
    Chart,
    Extent,
    Mark,
    Point,
    Tick,
    range_chart,
    round_steps,
)
from aiff_portal.ui.domain.formats import Formats

Document = Mapping[str, Any]
MOST_MARKS = 14
_DAYS = 4
_NUMBERS_SHOWN = 6
_Place = tuple[Extent, Extent, Mark]


@dataclass(frozen=True, slots=True)
class PlanChart:
    """The drawing, how many ways are not on it, and whether marks were left out."""

    chart: Chart | None
    undrawn: int
    cut: bool


def chart_of(plan: Document, lines: Sequence[PlanLine], formats: Formats) -> PlanChart:
    """Return the drawing of the ways whose cost in euros and whose day are known.

    Ways that stand at one place share a mark; the numbers are those of the table.
    """
    today = datetime.fromisoformat(plan["evaluated_at"]).date()
    placed: dict[_Place, list[PlanLine]] = {}
    options = open_ways(plan)
    for option, line in zip(options, lines, strict=True):
        place = _place(option, plan["time_basis"], today)
        if place is not None:
            placed.setdefault(place, []).append(line)
    shown = dict(list(placed.items())[:MOST_MARKS])
    drawn = sum(map(len, placed.values()))
    chart = _drawn(shown, today, formats) if shown else None
    return PlanChart(chart, len(options) - drawn, len(placed) > len(shown))


def _place(option: Document, basis: str, today: date) -> _Place | None:
    cost, days = option["option"]["cost"], option["schedule"][basis]
    if cost["low"] is None or cost["currency"] != "EUR" or days is None:
        return None
    first, last = _since(days["first"], today), _since(days["last"], today)
    if first is None:
        return None
    high = None if cost["high"] is None else float(cost["high"])
    return Extent(first, last), Extent(float(cost["low"]), high), mark_of(option)


def _since(day: str | None, today: date) -> float | None:
    return None if day is None else float((date.fromisoformat(day) - today).days)


def _drawn(placed: Mapping[_Place, Sequence[PlanLine]], today: date, formats: Formats) -> Chart:
    points = [
        Point(_numbers(lines), _words(lines), x, y, mark) for (x, y, mark), lines in placed.items()
    ]
    longest = max(max(point.x.low, point.x.high or 0) for point in points)
    highest = max(max(point.y.low, point.y.high or 0) for point in points)
    return range_chart(points, _days(longest, today, formats), _costs(highest, formats))


def _days(longest: float, today: date, formats: Formats) -> Sequence[Tick]:
    last = max(_DAYS, round(longest * 1.15))
    at = [round(last * place / _DAYS) for place in range(_DAYS + 1)]
    return [Tick(float(one), formats.short_day(today + timedelta(days=one))) for one in at]


def _costs(highest: float, formats: Formats) -> Sequence[Tick]:
    return [
        Tick(at, formats.money({"amount": at, "currency": "EUR"}) or "")
        for at in round_steps(highest)
    ]


def _numbers(lines: Sequence[PlanLine]) -> str:
    shown = ", ".join(str(line.number) for line in lines[:_NUMBERS_SHOWN])
    return f"{shown}…" if len(lines) > _NUMBERS_SHOWN else shown


def _words(lines: Sequence[PlanLine]) -> str:
    return "; ".join(f"{line.number}. {line.title}: {line.cost}" for line in lines)
