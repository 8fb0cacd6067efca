"""How well the catalogue covers what start-ups need, in figures that tell of nobody.

A need is covered as its least covered kind: who needs machine time and money is not helped by one
of them. A group of fewer than five start-ups is not shown; those groups are counted together, and
left out where even together they are fewer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from aiff_contracts.offer import Kind
from aiff_contracts.territory import ancestry
from aiff_matching.profiles.domain.profile import Profile, country_of
from aiff_matching.rules.domain.verdicts import Verdict

Level = Literal["eligible", "to_confirm", "unknown", "closed", "none"]
Grouping = Literal["all", "kind", "sector", "region"]
# From the best covered to the least.
LEVELS: tuple[Level, ...] = ("eligible", "to_confirm", "unknown", "closed", "none")
LEAST_STARTUPS = 5
OTHERS, UNKNOWN = "others", "unknown"
_REGION = "REG-"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedNeed:
    """A stored need: whose, of which kinds (empty: any), and the best verdict of each kind."""

    startup_id: UUID
    profile: Profile
    kinds: frozenset[Kind]
    verdicts: Mapping[Kind, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFigure:
    """How many needs of a group are covered to a level."""

    grouping: Grouping
    key: str
    level: Level
    needs: int


@dataclass(slots=True)
class _Group:
    startups: set[UUID] = field(default_factory=set)
    levels: Counter[Level] = field(default_factory=Counter)

    def add(self, other: "_Group") -> None:
        self.startups |= other.startups
        self.levels += other.levels


class CoverageCount:
    """Adds needs up, one after the other; only sums are kept."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._groups: defaultdict[tuple[Grouping, str], _Group] = defaultdict(_Group)

    def add(self, need: JudgedNeed) -> None:
        """Count a need in each group that it belongs to."""
        for grouping, key, level in _places(need):
            group = self._groups[grouping, key]
            group.startups.add(need.startup_id)
            group.levels[level] += 1

    def figures(self) -> Iterator[CoverageFigure]:
        """Yield the figures that may be shown."""
        others: defaultdict[Grouping, _Group] = defaultdict(_Group)
        shown: list[tuple[Grouping, str, _Group]] = []
        for (grouping, key), group in self._groups.items():
            if len(group.startups) >= LEAST_STARTUPS:
                shown.append((grouping, key, group))
            else:
                others[grouping].add(group)
        shown += [
            (grouping, OTHERS, group)
            for grouping, group in others.items()
            if len(group.startups) >= LEAST_STARTUPS
        ]
        for grouping, key, group in shown:
            for level, needs in group.levels.items():
                yield CoverageFigure(grouping=grouping, key=key, level=level, needs=needs)


def _places(need: JudgedNeed) -> Iterator[tuple[Grouping, str, Level]]:
    """Yield each group of a need, and how well it is covered there."""
    of_kind = {kind: _level([need.verdicts.get(kind)]) for kind in need.kinds}
    whole = max(of_kind.values(), key=LEVELS.index) if of_kind else _level(need.verdicts.values())
    yield "all", "all", whole
    for kind, level in of_kind.items():
        yield "kind", kind, level
    if not of_kind:
        yield "kind", "any", whole
    for sector in need.profile.sectors or (UNKNOWN,):
        yield "sector", sector, whole
    yield "region", _region(need.profile), whole


def _level(verdicts: Iterable[Verdict | None]) -> Level:
    levels: list[Level] = [
        verdict for verdict in verdicts if verdict is not None and verdict != "not_eligible"
    ]
    return min(levels, key=LEVELS.index, default="none")


def _region(profile: Profile) -> str:
    """Return the region of the seat in France, elsewhere its country; unknown stays unknown."""
    if not profile.sites:
        return profile.country or UNKNOWN
    seat = profile.sites[0]
    regions = [code for code in ancestry(seat) if code.startswith(_REGION)]
    # The last one is the region of today: a region that was may lie in it.
    return regions[-1] if regions else country_of(seat) or UNKNOWN
