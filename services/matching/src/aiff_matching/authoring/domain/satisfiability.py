"""Which values of its attributes tell a rule's comparisons apart, and whether any satisfy it.

For each attribute a few values stand for all: one on each limit, one between any two, one beside
every listed code. A rule is decided by trying them attribute by attribute; three-valued
evaluation cuts off what is decided already. Attributes count as independent of each other, so
what is called impossible is impossible, while some impossible rules are not found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import TypeVar

from aiff_contracts.attributes import ATTRIBUTES, Attribute
from aiff_contracts.labels import STAGES
from aiff_contracts.months import months_later
from aiff_contracts.nomenclatures.naf import NAF_2025, REV2, path, sub_classes
from aiff_contracts.rules import Cmp, Rule, leaves
from aiff_contracts.territory import GROUPS, TERRITORIES, ancestry, canonical_or_none
from aiff_matching.profiles.domain.aid import granted
from aiff_matching.profiles.domain.facts import Aids, Day, Exactly, Fact, Flag, OneOf, Places
from aiff_matching.rules.domain.evaluation import (
    Truth,
    codes_of,
    evaluate,
    values_of,
)
from aiff_matching.shared.intervals import LARGEST, Between

# Forty times what the dearest rule of the catalogue takes; about a tenth of a second.
MOST_COMPARISONS = 50_000
# What it takes to find the values that stand for all places, or for all activities.
_TABLES = {"territory": 400, "naf": 1_500}
OTHER = "another"
_MOST_PAIRED = 6
_Code = TypeVar("_Code")
_DATED = frozenset(("before", "after"))
_ANY_DAY = date(2026, 1, 15)


class Effort:
    """How many comparisons may still be made for one request, over all that is tried of a rule."""

    def __init__(self, comparisons: int = MOST_COMPARISONS) -> None:
        """Begin with so many."""
        self.left = comparisons

    def spend(self, comparisons: int) -> bool:
        """Take some, and tell whether there were so many."""
        self.left -= comparisons
        return not self.is_spent

    @property
    def is_spent(self) -> bool:
        """Tell whether more was asked for than there was."""
        return self.left < 0


def satisfiable(
    rule: Rule, *, wanted: Truth = Truth.TRUE, effort: Effort | None = None
) -> bool | None:
    """Tell whether any complete answers give the wanted result, None where it takes too long."""
    effort, compared = effort or Effort(), [*leaves(rule)]
    types = {ATTRIBUTES[leaf.attribute].type for leaf in compared}
    if not effort.spend(len(compared) + sum(_TABLES.get(one, 0) for one in types)):
        return None
    search = _Search(rule, wanted, representative_values(compared), effort)
    # Few values first: what they decide is cut off before the many.
    order = sorted(search.values, key=lambda name: (len(search.values[name]), name))
    return search.found({}, order)


class _Search:
    """A depth-first search with a limit on its comparisons."""

    def __init__(
        self, rule: Rule, wanted: Truth, values: Mapping[str, list[Fact]], effort: Effort
    ) -> None:
        self.rule, self.wanted, self.values = rule, wanted, values
        self.effort, self.size = effort, sum(1 for _ in leaves(rule))

    def found(self, facts: dict[str, Fact], open_names: list[str]) -> bool | None:
        if not self.effort.spend(self.size):
            return None
        truth = evaluate(self.rule, facts)
        if truth is not Truth.UNKNOWN or not open_names:
            return truth is self.wanted
        name, *others = open_names
        undecided = False
        for fact in self.values[name]:
            deeper = self.found({**facts, name: fact}, others)
            if deeper:
                return True
            undecided = undecided or deeper is None
        return None if undecided else False


def representative_values(compared: Iterable[Cmp]) -> dict[str, list[Fact]]:
    """Return for each attribute the values that stand for all in these comparisons."""
    grouped: defaultdict[str, list[Cmp]] = defaultdict(list)
    for leaf in compared:
        grouped[leaf.attribute].append(leaf)
    return {name: list(_values(ATTRIBUTES[name], found)) for name, found in grouped.items()}


def bounds_of(attribute: Attribute) -> tuple[float, float]:
    """Return the smallest and the largest number that an attribute can have."""
    if attribute.name == "trl":
        return 1, 9
    return (0, 1) if attribute.unit == "share" else (0, LARGEST)


def choices_of(attribute: str) -> tuple[str, ...]:
    """Return the codes that an attribute can have, empty where any text is possible."""
    return tuple(STAGES) if attribute == "stage" else ATTRIBUTES[attribute].choices


def _values(attribute: Attribute, compared: list[Cmp]) -> Iterator[Fact]:
    listed = sorted({code for leaf in compared for code in codes_of(leaf)})
    match attribute.type:
        case "number":
            limits = {float(leaf.value) for leaf in compared}  # type: ignore[arg-type]
            yield from (Between(point, point) for point in _numbers(attribute, limits))
        case "flag":
            yield from (Flag(value=True), Flag(value=False))
        case "date":
            yield from _days(compared)
        case "code":
            codes = choices_of(attribute.name) or (*listed, OTHER)
            yield from (OneOf(frozenset({code})) for code in codes)
        case "codes":
            yield from _coded(attribute, compared, listed)
        case "naf":
            yield from _activities(listed)
        case "territory":
            yield from _places(attribute, listed)


def _numbers(attribute: Attribute, limits: set[float]) -> list[float]:
    low, high = bounds_of(attribute)
    points = {low, high, *limits}
    if attribute.unit in {"EUR", "share"}:
        points |= {(first + second) / 2 for first, second in pairwise(sorted(points))}
    else:
        points |= {limit + step for limit in limits for step in (-1, 1)}
    return sorted(point for point in points if low <= point <= high)


def _subsets(codes: Sequence[_Code]) -> Iterator[tuple[_Code, ...]]:
    yield ()
    yield from combinations(codes, 1)
    if len(codes) <= _MOST_PAIRED:
        yield from combinations(codes, 2)
    yield tuple(codes)


def _coded(attribute: Attribute, compared: list[Cmp], listed: list[str]) -> Iterator[Fact]:
    if attribute.name == "prior_aid":
        yield from _aids(compared)
    else:
        yield from (Exactly(frozenset(some)) for some in _subsets((*listed, OTHER)))


def _aids(compared: list[Cmp]) -> Iterator[Fact]:
    """Yield sets of aid of each listed kind, granted just now and before each number of months."""
    codes = sorted({code for leaf in compared for code in values_of(leaf)})
    months = {leaf.granted_within_months for leaf in compared} - {None}
    days = [_ANY_DAY, *(_before(count) for count in sorted(months))]  # type: ignore[type-var, arg-type]
    each = [granted(code, day) for code in (*codes, OTHER) for day in days]
    yield from (Aids(frozenset(some), _ANY_DAY) for some in _subsets(each))


def _before(months: int) -> date:
    """Return a day of which so many months had passed, and not one more."""
    return months_later(_ANY_DAY, -months) - timedelta(days=1)


def _days(compared: list[Cmp]) -> Iterator[Fact]:
    """Yield days around each limit, asked about on both sides of each number of months."""
    months = {int(leaf.value) for leaf in compared if leaf.op == "within_months"}  # type: ignore[arg-type]
    limits = {date.fromisoformat(str(leaf.value)) for leaf in compared if leaf.op in _DATED}
    for limit in sorted(limits or {_ANY_DAY}):
        for day in (limit + timedelta(days=n) for n in (-1, 0, 1)):
            yield Day(day, day)
            for count in sorted(months):
                last = months_later(day, count)
                yield from (Day(day, last + timedelta(days=n)) for n in (0, 1))


def _activities(listed: list[str]) -> Iterator[Fact]:
    """Yield a sub-class of either nomenclature for each set of listed codes that contain one."""
    kinds: dict[frozenset[str], str] = {}
    for nomenclature in (REV2, NAF_2025):
        for code in sub_classes(nomenclature):
            kinds.setdefault(path(code, nomenclature).intersection(listed), code)
    yield from (OneOf(frozenset({code})) for code in kinds.values())


def _places(attribute: Attribute, listed: list[str]) -> Iterator[Fact]:
    """Yield a smallest territory for each set of listed ones that can contain it."""
    asked = {code for code in map(canonical_or_none, listed) if code is not None}
    country = attribute.name == "country"
    codes_by_reach: dict[frozenset[str], str] = {}
    for code, entry in TERRITORIES.items():
        if not country or entry.parent in GROUPS:
            containing = asked.intersection(ancestry(code))
            # The later entries of the table are the smaller ones.
            codes_by_reach[frozenset(containing)] = code
    for code in asked - set(TERRITORIES):
        codes_by_reach[frozenset(asked.intersection(ancestry(code)))] = code
    places = tuple(codes_by_reach.values())
    yield from (Places((place,)) for place in places)
    if not country and len(places) <= _MOST_PAIRED:
        yield from (Places(pair) for pair in combinations(places, 2))
