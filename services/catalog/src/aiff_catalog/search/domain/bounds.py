"""Bounds of a search: numbers and days that an offer must reach, and what is done with silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

# What an offer can leave unsaid; nobody is refused for it without being counted.
Unstated = Literal["amount", "deadline", "gpu_memory"]
BoundName = Unstated | Literal["published_at"]
# The deadline of what takes applications at any time: later than any day that is asked for.
ENDLESS = datetime(9999, 1, 1, tzinfo=UTC)
_PARIS = ZoneInfo("Europe/Paris")
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The values of an offer that pass, both ends included; an end that is None is open."""

    name: BoundName
    least: float | datetime | None = None
    most: float | datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What an offer must reach; None asks for nothing.

    `gpu_memory_min` is in GB per device, as a job sees it; `amount_min` in euros. The days are
    those of Paris, all included: `published_since` is about the first publication, the others
    about the last day on which the next deadline can still be met. With `include_unknown` an offer
    that does not state what is asked for passes.
    """

    gpu_memory_min: float | None = None
    amount_min: float | None = None
    published_since: date | None = None
    deadline_after: date | None = None
    deadline_before: date | None = None
    include_unknown: bool = False

    def ranges(self) -> tuple[Range, ...]:
        """Return the ranges that an offer must lie in."""
        return tuple(self._ranges())

    def asks_for_unstated(self) -> bool:
        """Tell whether something is asked for that an offer can leave unsaid."""
        return any(one.name != "published_at" for one in self._ranges())

    def _ranges(self) -> Iterator[Range]:
        if self.gpu_memory_min is not None:
            yield Range(name="gpu_memory", least=self.gpu_memory_min)
        if self.amount_min is not None:
            yield Range(name="amount", least=self.amount_min)
        if self.published_since is not None:
            yield Range(name="published_at", least=_begin(self.published_since))
        if self.deadline_after is not None or self.deadline_before is not None:
            yield self._deadlines()

    def _deadlines(self) -> Range:
        """Return when the next deadline ends: the midnight after a day still is that day's."""
        after, before = self.deadline_after, self.deadline_before
        return Range(
            name="deadline",
            least=None if after is None else _begin(after) + _SECOND,
            most=ENDLESS if before is None else _begin(before + timedelta(days=1)),
        )


NO_BOUNDS = Bounds()


def seconds(value: float | datetime) -> float:
    """Return a number as it is, and an instant in whole seconds since 1970."""
    return int(value.timestamp()) if isinstance(value, datetime) else value


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, _PARIS).astimezone(UTC)
