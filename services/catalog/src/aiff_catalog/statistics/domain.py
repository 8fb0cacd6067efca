"""Figures about the catalogue for staff and funders, as (figure, key, value)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

# Ages in days up to which a text counts into a group; older ones are the last group.
AGES = (30, 90, 180, 365)
REVIEWS_OF = timedelta(days=90)
_ENDS = frozenset(("published", "scheduled", "changes_requested", "rejected", "recalled"))


@dataclass(frozen=True, slots=True)
class Figure:
    """One value; `key` says what of (a kind and a state, an age, a check)."""

    figure: str
    key: str
    value: float


@dataclass(frozen=True, slots=True)
class Listed:
    """What is counted of an offer; `score` None: not assessed yet."""

    kind: str
    state: str
    updated_at: datetime
    waiting_since: datetime | None
    score: int | None
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """A step of an offer's history, in the order of its numbers."""

    offer: str
    action: str
    at: datetime


def figures(
    offers: Iterable[Listed],
    steps: Iterable[HistoryStep],
    searches: Mapping[str, int],
    now: datetime,
) -> Iterator[Figure]:
    """Yield all figures at an instant; a median of nothing is left out, never zero."""
    listed = list(offers)
    yield from _counted("offers", (f"{one.kind}/{one.state}" for one in listed))
    yield from _counted("age_of_published_texts", _ages(listed, now))
    yield from _counted("quality_findings", (check for one in listed for check in one.checks))
    scores = [one.score for one in listed if one.score is not None and one.state == "published"]
    yield from _median("quality_score", "median", scores)
    waits = [_days(now - one.waiting_since) for one in listed if one.waiting_since is not None]
    yield Figure("review", "waiting", len(waits))
    if waits:
        yield Figure("review", "longest_wait_days", max(waits))
    yield from _median("review", "median_days_to_decision", _decisions(steps, now))
    yield from (Figure("searches_without_result", text, n) for text, n in searches.items())


def _ages(offers: Iterable[Listed], now: datetime) -> Iterator[str]:
    for offer in offers:
        if offer.state == "published":
            days = (now - offer.updated_at).days
            yield next((f"up_to_{age}_days" for age in AGES if days <= age), "older")


def _decisions(steps: Iterable[HistoryStep], now: datetime) -> list[float]:
    """Return how long each review took that was decided lately, in days."""
    asked: dict[str, datetime] = {}
    durations = []
    for step in steps:
        if step.action == "submitted":
            asked[step.offer] = step.at
        elif step.action in _ENDS:
            since = asked.pop(step.offer, None)
            decided = step.action != "recalled" and step.at >= now - REVIEWS_OF
            if since is not None and decided:
                durations.append(_days(step.at - since))
    return durations


def _counted(figure: str, keys: Iterable[str]) -> Iterator[Figure]:
    yield from (Figure(figure, key, count) for key, count in sorted(Counter(keys).items()))


def _median(figure: str, key: str, values: list[float] | list[int]) -> Iterator[Figure]:
    if values:
        yield Figure(figure, key, float(median(values)))


def _days(span: timedelta) -> float:
    return round(span.total_seconds() / 86_400, 2)
