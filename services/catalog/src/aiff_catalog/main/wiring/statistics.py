"""Figures for staff and funders."""

from dataclasses import dataclass

from aiff_catalog.main.wiring.base import Base
from aiff_catalog.statistics.application import (
    StatisticsJob,
    StatisticsQueries,
    UnansweredSearches,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsParts:
    """What works the figures out, what reads them, and what counts searches in vain."""

    job: StatisticsJob
    queries: StatisticsQueries
    unanswered: UnansweredSearches


def wire_statistics(base: Base) -> StatisticsParts:
    """Return the use cases of statistics."""
    return StatisticsParts(
        job=StatisticsJob(base.open, base.clock),
        queries=StatisticsQueries(base.open),
        unanswered=UnansweredSearches(base.open, base.clock),
    )
