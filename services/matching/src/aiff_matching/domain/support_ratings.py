"""Ratings that a start-up gives after an introduction, and what they say about an offer."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Le

from aiff_contracts.language import Strict

_PRIOR, _MIDDLE, _BEST = 5, 3, 5
Stars = Annotated[int, Ge(1), Le(5)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Strict):
    """From 1 (poor) to 5 (very good): as a whole, and of the support; None is not rated."""

    overall: Stars
    speed: Stars | None = None
    expertise: Stars | None = None
    follow_up: Stars | None = None
    application_help: Stars | None = None


@dataclass(frozen=True, slots=True)
class RatingSum:
    """All ratings of one offer as a whole."""

    count: int
    total: int

    @property
    def mean(self) -> float:
        """Return the mean, from 1 to 5."""
        return self.total / self.count

    @property
    def share(self) -> float:
        """Return how good that is, from 0 to 1, drawn to the middle while ratings are few.

        The Bayesian average: as if `_PRIOR` more ratings were in the middle of the scale.
        """
        average = (self.total + _PRIOR * _MIDDLE) / (self.count + _PRIOR)
        return (average - 1) / (_BEST - 1)
