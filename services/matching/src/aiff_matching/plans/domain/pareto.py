"""Which options are best when several criteria count and some values are known within bounds.

Every criterion is a cost: less is better. An unknown value is an interval from its best to its
worst. One option surely dominates another when it does so whatever the true values are, that is:
its worst is at most the other's best in every criterion, and below it in at least one.

- possibly optimal: no option surely dominates it. Setting it to its best and the others to their
  worst then leaves it undominated, so at least one state of the world makes it optimal.
- surely optimal: no option can dominate it in any state of the world.

Nothing is left out by guess, and nothing is called best by guess. Where nobody publishes a
figure, that leaves many options possible; `outranked_by` therefore names the options that are
better on what is published for either of the two, and it excludes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aiff_matching.shared.intervals import Between

Criterion = Literal["time", "cost", "sovereignty", "support"]
CRITERIA: tuple[Criterion, ...] = ("time", "cost", "sovereignty", "support")
Point = tuple[Between, ...]
Optimality = Literal["surely", "possibly", "no"]


@dataclass(frozen=True, slots=True)
class Dominance:
    """Where an option stands among the others, all named by their keys.

    `best_in` lists the criteria (by place) in which no other option can be better.
    """

    optimal: Optimality
    dominated_by: tuple[str, ...]
    outranked_by: tuple[str, ...]
    best_in: tuple[int, ...]


def dominances(points: Mapping[str, Point]) -> dict[str, Dominance]:
    """Return how every option stands; all points have the same number of criteria."""
    return {key: _dominance(key, points) for key in points}


def surely_dominates(one: Point, other: Point) -> bool:
    """Tell whether `one` is as good in everything and better in something, whatever is true."""
    pairs = list(zip(one, other, strict=True))
    never_worse = all(mine.high <= theirs.low for mine, theirs in pairs)
    return never_worse and any(mine.high < theirs.low for mine, theirs in pairs)


def may_dominate(one: Point, other: Point) -> bool:
    """Tell whether `one` dominates `other` in some state of the world."""
    pairs = list(zip(one, other, strict=True))
    never_worse = all(mine.low <= theirs.high for mine, theirs in pairs)
    return never_worse and any(mine.low < theirs.high for mine, theirs in pairs)


def outranks(one: Point, other: Point) -> bool:
    """Tell whether `one` surely dominates once what is equally unknown of both is set aside."""
    pairs = [pair for pair in zip(one, other, strict=True) if not _equally_unknown(*pair)]
    never_worse = all(mine.high <= theirs.low for mine, theirs in pairs)
    return never_worse and any(mine.high < theirs.low for mine, theirs in pairs)


def _equally_unknown(mine: Between, theirs: Between) -> bool:
    return mine.low < mine.high and (mine == theirs or mine.high == theirs.high == float("inf"))


def _dominance(key: str, points: Mapping[str, Point]) -> Dominance:
    own = points[key]
    others = {name: point for name, point in points.items() if name != key}
    stronger = tuple(name for name, point in others.items() if surely_dominates(point, own))
    ahead = tuple(
        name for name, point in others.items() if name not in stronger and outranks(point, own)
    )
    if stronger:
        return Dominance("no", stronger, ahead, ())
    certain = not any(may_dominate(point, own) for point in others.values())
    return Dominance(
        "surely" if certain else "possibly", (), ahead, _best_in(own, list(others.values()))
    )


def _best_in(own: Point, others: list[Point]) -> tuple[int, ...]:
    """Return the criteria whose worst value here is at most the best value everywhere else."""
    return tuple(
        place
        for place, span in enumerate(own)
        if all(span.high <= point[place].low for point in others) and span.high != float("inf")
    )
