"""Where the rows of a catalogue went in the next one, and numbers that are kept by row.

Where few offers changed, what is kept of the others is moved and not made again: numpy copies
blocks of memory, which takes a hundredth of a second where a loop over all rows takes many, and
lets other threads work meanwhile. What is moved stays as it is for the questions that read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
_Values = TypeVar("_Values", bound=NDArray[Any])
GONE = -1


@dataclass(frozen=True, slots=True)
class Moves:
    """Where each row of the catalogue before is now; `GONE` for one that is no longer there.

    Rows keep their order among each other.
    """

    now: Ints
    size: int

    @classmethod
    def of(cls, before: int, dropped: Sequence[int], added: Sequence[int]) -> "Moves":
        """Drop rows of so many, and make room for those that are added, by their new numbers."""
        size = before - len(dropped) + len(added)
        now = np.full(before, GONE, np.intp)
        kept = np.delete(np.arange(before), np.array(dropped, np.intp))
        now[kept] = np.delete(np.arange(size), np.array(added, np.intp))
        return cls(now, size)

    @property
    def kept(self) -> Ints:
        """Return the rows before that are still there."""
        return np.flatnonzero(self.now != GONE)

    @property
    def shifts(self) -> bool:
        """Tell whether a row that is still there has another number."""
        return not np.array_equal(self.now[self.kept], self.kept)

    def with_again(self, again: Mapping[int, int]) -> "Moves":
        """Return the moves that know where rows are that were dropped and added again."""
        now = self.now.copy()
        now[list(again)] = list(again.values())
        return Moves(now, self.size)

    def followers(self, rows: NDArray[np.int32]) -> Ints:
        """Return for each new row the row before that follows it, the end where none does."""
        kept = self.kept
        return np.append(kept, len(self.now))[np.searchsorted(self.now[kept], rows)]

    def carried(self, values: _Values, new: Mapping[int, Any]) -> _Values:
        """Return values by row after the moves, with those of new rows."""
        carried = np.empty((self.size, *values.shape[1:]), values.dtype)
        kept = self.kept
        carried[self.now[kept]] = values[kept]
        if new:
            carried[list(new)] = list(new.values())
        return carried  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of numbers for each row; those of one row after those of the other."""

    counts: Ints
    lines: Ints

    @classmethod
    def none(cls, width: int) -> "Lines":
        """Return the lines of no row at all."""
        return cls(np.zeros(0, np.intp), np.zeros((0, width), np.intp))

    def moved(self, moves: Moves, new: Mapping[int, Sequence[Sequence[int]]]) -> "Lines":
        """Return the lines after the moves, with those of new rows."""
        counts = moves.carried(self.counts, {row: len(lines) for row, lines in new.items()})
        is_new = np.zeros(moves.size, bool)
        is_new[list(new)] = True
        put = np.repeat(is_new, counts)
        lines = np.empty((len(put), self.lines.shape[1]), np.intp)
        lines[~put] = self.lines[np.repeat(moves.now != GONE, self.counts)]
        lines[put] = [line for row in sorted(new) for line in new[row]] or np.zeros_like(lines[:0])
        return Lines(counts, lines)
