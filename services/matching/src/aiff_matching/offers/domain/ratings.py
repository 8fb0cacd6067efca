"""What the ratings of an offer say about it."""

from dataclasses import dataclass

_PRIOR, _MIDDLE, _BEST = 5, 3, 5


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
