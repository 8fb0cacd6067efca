"""The types in which a person answers: a number or an interval, both in the field's unit."""

from dataclasses import dataclass
from math import inf
from typing import Annotated

from annotated_types import Ge, Le

from aiff_contracts.language import Strict

LARGEST = 1e15
Amount = Annotated[float, Ge(0), Le(LARGEST)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Strict):
    """A number known only within bounds, both included; an open side is None."""

    min: Amount | None = None
    max: Amount | None = None

    def __post_init__(self) -> None:
        """Refuse an interval that says nothing, or whose bounds are exchanged."""
        if self.min is None and self.max is None:
            message = "an interval needs a min or a max"
            raise ValueError(message)
        if self.min is not None and self.max is not None and self.min > self.max:
            message = "the min is above the max; exchange or correct them"
            raise ValueError(message)


Measure = Amount | Interval
Ratio = Annotated[float, Ge(0), Le(1)] | Interval
Level = Annotated[float, Ge(1), Le(9)] | Interval


@dataclass(frozen=True, slots=True)
class Between:
    """A number that lies between two bounds, both included; equal bounds are a known number."""

    low: float
    high: float

    def scaled(self, low: float, high: float | None = None) -> "Between":
        """Return the range times a factor that itself lies between two bounds."""
        return Between(self.low * low, self.high * (low if high is None else high))


UNBOUNDED = Between(0, inf)


def between(measure: Measure) -> Between:
    """Return the bounds that an answer states."""
    if isinstance(measure, Interval):
        low = 0.0 if measure.min is None else measure.min
        return Between(low, inf if measure.max is None else measure.max)
    return Between(measure, measure)
