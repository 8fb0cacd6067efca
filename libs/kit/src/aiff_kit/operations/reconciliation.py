"""Comparing what should be somewhere with what is there, and mending the difference."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["missing", "stale", "surplus", "ahead"]
# What is on its way looks like a difference: one counts only when a second look sees the same.
_SECOND_LOOK_SECONDS = 1.0
# After a repair, so many looks until the events that it sent have arrived.
_LOOKS = 30


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One key that is not as it should be, with the versions (None: not there).

    `ahead` is a version that is newer than the one that should be there.
    """

    kind: Kind
    key: str
    wanted: int | None
    found: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was seen: the number of keys that should be there, and the differences."""

    wanted: int
    differences: tuple[Difference, ...]


class DerivedCopy(Protocol):
    """A copy of data that can be compared with its source and mended."""

    @property
    def name(self) -> str:
        """Return what an operator calls it."""

    def look(self) -> Comparison:
        """Compare now."""

    def repair(self, differences: Sequence[Difference]) -> None:
        """Begin to mend; it may be done only when events have arrived."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The outcome for one place: what differed, and what differs still."""

    place: str
    wanted: int
    found: tuple[Difference, ...]
    left: tuple[Difference, ...]


def compare(wanted: Mapping[str, int], found: Mapping[str, int]) -> Comparison:
    """Compare the versions of all keys."""
    keys = sorted(wanted.keys() | found.keys())
    differences = [_difference(key, wanted.get(key), found.get(key)) for key in keys]
    return Comparison(
        len(wanted), tuple(difference for difference in differences if difference is not None)
    )


def reconcile(
    place: DerivedCopy, *, check: bool, pause: Callable[[float], None] = time.sleep
) -> Reconciled:
    """Compare, and unless only `check` is asked for, mend and look whether that helped."""
    comparison = _lasting(place, pause)
    differences = comparison.differences
    if check or not differences:
        return Reconciled(place.name, comparison.wanted, differences, differences)
    place.repair(differences)
    left: tuple[Difference, ...] = differences
    for _ in range(_LOOKS):
        left = tuple(sorted(set(differences) & set(place.look().differences)))
        if not left:
            break
        pause(_SECOND_LOOK_SECONDS)
    return Reconciled(place.name, comparison.wanted, differences, left)


def _lasting(place: DerivedCopy, pause: Callable[[float], None]) -> Comparison:
    first = place.look()
    if not first.differences:
        return first
    pause(_SECOND_LOOK_SECONDS)
    second = place.look()
    both = set(first.differences) & set(second.differences)
    return Comparison(second.wanted, tuple(sorted(both)))


def _difference(key: str, wanted: int | None, found: int | None) -> Difference | None:
    if wanted == found:
        return None
    if found is None:
        return Difference("missing", key, wanted, found)
    if wanted is None:
        return Difference("surplus", key, wanted, found)
    return Difference("stale" if found < wanted else "ahead", key, wanted, found)
