"""What is found about the distinct ways into offers, by columns, if their rules hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from aiff_matching.offers.domain.moves import Ints

Floats = NDArray[np.float64]
NEVER = date.max.toordinal()
# The criteria that read the verdict on a way, or what it rests on.
OF_WAY = ("fit", "delay", "cost")
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """Distinct ways as they are judged if their rules hold; NaN is a value that is not known.

    A reason is 0 for what is shown, else one more than its place in HIDDEN. `waits` holds the
    answers that the verdict waits for besides those of the rules.
    """

    reasons: Ints
    if_true: Ints
    closed: NDArray[np.bool_]
    starts: Ints
    values: Mapping[str, Floats]
    waits: NDArray[np.object_]

    @classmethod
    def blank(cls, size: int) -> "Judged":
        """Return so many ways of which nothing is known."""
        return cls(
            reasons=np.zeros(size, np.intp),
            if_true=np.zeros(size, np.intp),
            closed=np.zeros(size, bool),
            starts=np.full(size, NEVER),
            values={name: np.full(size, np.nan) for name in OF_WAY},
            waits=np.full(size, _NOTHING),
        )

    def put(self, places: Ints, other: "Judged") -> None:
        """Take over what was found for the ways at some places."""
        self.reasons[places] = other.reasons
        self.if_true[places] = other.if_true
        self.closed[places] = other.closed
        self.starts[places] = other.starts
        self.waits[places] = other.waits
        for name, values in self.values.items():
            values[places] = other.values[name]
