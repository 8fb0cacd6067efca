"""Many rules evaluated for one profile at once, without a trace.

Equal comparisons are kept once and grouped by attribute and operator, so a group is one numpy
expression. Trees are brought into negation normal form (De Morgan), equal subtrees are shared,
and all nodes of one height are combined with `minimum.reduceat` or `maximum.reduceat`.
FALSE = 0, UNKNOWN = 1, TRUE = 2, DOUBTED = 3 as in `Truth`. Each rule has two roots: its plain
tree, and the lenient one, in which a comparison on weak ground that fails counts as met.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule
from aiff_matching.profiles.domain.facts import Aids, Exactly, Fact, Facts, OneOf, Places
from aiff_matching.rules.domain.evaluation import (
    Truth,
    activity_truth,
    aid_truth,
    leaf_truth,
    place_truth,
    values_of,
)
from aiff_matching.shared.intervals import Between

Truths = NDArray[np.uint8]
_Ints = NDArray[np.intp]
_Key = tuple[str, str, object]
# The slots of a rule's plain and of its lenient result.
Root = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Comparisons of one number attribute by one operator with many limits."""

    attribute: str
    op: str
    slots: _Ints
    limits: NDArray[np.float64]

    def fill(self, facts: Facts, truths: Truths) -> None:
        fact = facts.get(self.attribute)
        if isinstance(fact, Between):
            certain, impossible = _COMPARED[self.op](fact, self.limits)
            truths[self.slots] = np.where(certain, 2, np.where(impossible, 0, 1))


@dataclass(frozen=True, slots=True)
class _Lists:
    """Comparisons of one coded attribute by one operator with many lists of codes."""

    attribute: str
    op: str
    slots: _Ints
    vocabulary: tuple[str, ...]
    members: _Ints
    offsets: _Ints

    def fill(self, facts: Facts, truths: Truths) -> None:
        fact = facts.get(self.attribute)
        if fact is None:
            return
        atoms = np.fromiter((_atom(self.op, fact, code) for code in self.vocabulary), np.intp)
        gathered = atoms[self.members]
        if isinstance(fact, Places | Aids) or self.op == "prefix":
            combined = np.maximum.reduceat(gathered, self.offsets)
        else:
            possible = len(fact.codes) if isinstance(fact, OneOf) else 1
            hits = np.add.reduceat(gathered, self.offsets)
            combined = np.where(hits >= possible, 2, np.where(hits == 0, 0, 1))
        truths[self.slots] = 2 - combined if self.op == "not_in" else combined


@dataclass(frozen=True, slots=True)
class _Plain:
    """Comparisons that are evaluated one by one: flags, days, dated aid; few are distinct."""

    slots: _Ints
    leaves: tuple[Cmp, ...]

    def fill(self, facts: Facts, truths: Truths) -> None:
        for slot, leaf in zip(self.slots, self.leaves, strict=True):
            truths[slot] = leaf_truth(leaf, facts.get(leaf.attribute))


@dataclass(frozen=True, slots=True)
class _Level:
    """All `all` or all `any` nodes of one height."""

    conjunction: bool
    slots: _Ints
    children: _Ints
    offsets: _Ints

    def fill(self, truths: Truths) -> None:
        combine = np.minimum if self.conjunction else np.maximum
        truths[self.slots] = combine.reduceat(truths[self.children], self.offsets)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Compiled rules; the result has their order."""

    size: int
    groups: tuple[_Numbers | _Lists | _Plain, ...]
    negated: _Ints
    originals: _Ints
    lenient: _Ints
    strict: _Ints
    last_days: _Ints
    levels: tuple[_Level, ...]
    roots: _Ints
    lenient_roots: _Ints
    always: _Ints

    def evaluate(self, facts: Facts, today: date) -> Truths:
        """Return the result of every rule for one profile on a day, equal to `rules.judged`."""
        truths = np.full(self.size, int(Truth.UNKNOWN), np.uint8)
        for group in self.groups:
            group.fill(facts, truths)
        truths[self.always] = int(Truth.TRUE)
        truths[self.negated] = 2 - truths[self.originals]
        failing = truths[self.strict]
        excused = (failing == int(Truth.FALSE)) & (self.last_days < today.toordinal())
        truths[self.lenient] = np.where(excused, int(Truth.TRUE), failing)
        for level in self.levels:
            level.fill(truths)
        return weighed(truths[self.roots], truths[self.lenient_roots])


def weighed(plain: Truths, lenient: Truths) -> Truths:
    """Return as what each rule counts; only what fails plainly is looked at leniently."""
    doubted = np.where(lenient == int(Truth.TRUE), int(Truth.DOUBTED), lenient)
    return np.where(plain == int(Truth.FALSE), doubted, plain).astype(np.uint8)


def compile_rules(rules: Iterable[Rule | None]) -> Rulebook:
    """Return the rules in the form in which one profile is tried against all of them.

    None is the absence of a rule: nothing is required, so it is TRUE for everybody.
    """
    compiler = RuleCompiler()
    roots = [compiler.root(rule) for rule in rules]
    return compiler.book(np.array(roots, np.intp).reshape(-1, 2))


@dataclass(slots=True)
class RuleCompiler:
    """Gives each distinct comparison, negation and node a slot, children before parents.

    Slots are kept, so that a changed rule costs no more than itself.
    """

    leaves: dict[_Key, tuple[int, Cmp]] = field(default_factory=dict)
    negations: dict[int, int] = field(default_factory=dict)
    excusable: dict[tuple[int, date], int] = field(default_factory=dict)
    nodes: dict[tuple[bool, tuple[int, ...]], int] = field(default_factory=dict)
    heights: list[int] = field(default_factory=list)
    constants: list[int] = field(default_factory=list)
    last: Rulebook | None = None

    def root(self, rule: Rule | None) -> Root:
        """Return the slots of a rule's plain and of its lenient result."""
        if rule is None:
            return self._always(), self._always()
        return (
            self._add(rule, negated=False, lenient=False),
            self._add(rule, negated=False, lenient=True),
        )

    def book(self, roots: _Ints) -> Rulebook:
        """Return the rules of these pairs of slots, in their order."""
        if self.last is None or self.last.size != len(self.heights):
            self.last = self._finish()
        plain, lenient = np.ascontiguousarray(roots.T)
        return replace(self.last, roots=plain, lenient_roots=lenient)

    def _always(self) -> int:
        if not self.constants:
            self.constants.append(self._slot(0))
        return self.constants[0]

    def _add(self, rule: Rule, *, negated: bool, lenient: bool) -> int:
        match rule:
            case Cmp():
                slot = self._leaf(rule)
                literal = self._negation(slot) if negated else slot
                return self._excused(literal, rule) if lenient else literal
            case Not(rule=inner):
                return self._add(inner, negated=not negated, lenient=lenient)
            case All(rules=rules) | AnyOf(rules=rules):
                parts = {self._add(inner, negated=negated, lenient=lenient) for inner in rules}
                children = tuple(sorted(parts))
                conjunction = isinstance(rule, All) != negated
                return children[0] if len(children) == 1 else self._node(conjunction, children)

    def _finish(self) -> Rulebook:
        return Rulebook(
            size=len(self.heights),
            groups=tuple(self._groups()),
            negated=_ints(self.negations.values()),
            originals=_ints(self.negations),
            lenient=_ints(self.excusable.values()),
            strict=_ints(slot for slot, _ in self.excusable),
            last_days=_ints(day.toordinal() for _, day in self.excusable),
            levels=tuple(self._levels()),
            roots=_ints(()),
            lenient_roots=_ints(()),
            always=_ints(self.constants),
        )

    def _slot(self, height: int) -> int:
        self.heights.append(height)
        return len(self.heights) - 1

    def _leaf(self, leaf: Cmp) -> int:
        value = (type(leaf.value) is bool, leaf.value, leaf.granted_within_months, leaf.outside)
        key = (leaf.attribute, leaf.op, value)
        if key not in self.leaves:
            self.leaves[key] = (self._slot(0), leaf)
        return self.leaves[key][0]

    def _negation(self, slot: int) -> int:
        if slot not in self.negations:
            self.negations[slot] = self._slot(0)
        return self.negations[slot]

    def _excused(self, literal: int, leaf: Cmp) -> int:
        """Return the slot of a literal that counts as met after the last day of its ground."""
        key = literal, leaf.refuses_until
        if key not in self.excusable:
            self.excusable[key] = self._slot(0)
        return self.excusable[key]

    def _node(self, conjunction: bool, children: tuple[int, ...]) -> int:  # noqa: FBT001
        key = (conjunction, children)
        if key not in self.nodes:
            self.nodes[key] = self._slot(1 + max(self.heights[child] for child in children))
        return self.nodes[key]

    def _groups(self) -> Iterable[_Numbers | _Lists | _Plain]:
        grouped: defaultdict[tuple[str, str, bool], list[tuple[int, Cmp]]] = defaultdict(list)
        for slot, leaf in self.leaves.values():
            grouped[(leaf.attribute, leaf.op, _is_narrowed(leaf))].append((slot, leaf))
        for (attribute, op, _), entries in grouped.items():
            slots = _ints(slot for slot, _ in entries)
            yield _group(attribute, op, slots, tuple(leaf for _, leaf in entries))

    def _levels(self) -> Iterable[_Level]:
        grouped: defaultdict[tuple[int, bool], list[tuple[int, tuple[int, ...]]]]
        grouped = defaultdict(list)
        for (conjunction, children), slot in self.nodes.items():
            grouped[(self.heights[slot], conjunction)].append((slot, children))
        for (_, conjunction), entries in sorted(grouped.items(), key=lambda item: item[0]):
            members, offsets = _flattened([children for _, children in entries])
            yield _Level(conjunction, _ints(slot for slot, _ in entries), members, offsets)


def _is_narrowed(leaf: Cmp) -> bool:
    """Tell whether more than its operator and value decides a comparison."""
    return leaf.granted_within_months is not None or leaf.outside is not None


def _group(
    attribute: str, op: str, slots: _Ints, leaves: tuple[Cmp, ...]
) -> _Numbers | _Lists | _Plain:
    if any(map(_is_narrowed, leaves)):
        return _Plain(slots, leaves)
    if all(isinstance(leaf.value, tuple) for leaf in leaves):
        return _lists(attribute, op, slots, leaves)
    if op in _COMPARED and not any(isinstance(leaf.value, bool | str) for leaf in leaves):
        limits = np.array([leaf.value for leaf in leaves], np.float64)
        return _Numbers(attribute, op, slots, limits)
    return _Plain(slots, leaves)


def _lists(attribute: str, op: str, slots: _Ints, leaves: tuple[Cmp, ...]) -> _Lists:
    listed = [tuple(dict.fromkeys(values_of(leaf))) for leaf in leaves]
    places = {code: place for place, code in enumerate(sorted({c for v in listed for c in v}))}
    members, offsets = _flattened([tuple(places[code] for code in codes) for codes in listed])
    return _Lists(attribute, op, slots, tuple(places), members, offsets)


def _atom(op: str, fact: Fact, code: str) -> int:
    """Return a truth for territories and activities, else whether the code is a possible one."""
    match fact:
        case Places():
            return place_truth(fact, code)
        case Aids():
            return aid_truth(fact, code)
        case OneOf(codes=codes) if op == "prefix":
            return activity_truth(codes, code)
        case OneOf(codes=codes) | Exactly(codes=codes):
            return int(code in codes)
        case _:
            message = f"a list of codes cannot be compared with {fact!r}"
            raise TypeError(message)


def _flattened(lists: list[tuple[int, ...]]) -> tuple[_Ints, _Ints]:
    """Return all members in one array, and where each list begins in it."""
    lengths = np.array([0, *(len(members) for members in lists)], np.intp)
    return _ints(member for members in lists for member in members), np.cumsum(lengths)[:-1]


def _ints(values: Iterable[int]) -> _Ints:
    return np.fromiter(values, np.intp)


_Pair = tuple[Any, Any]
# For each operator: where the comparison is certain, and where it is impossible.
_COMPARED: dict[str, Callable[[Between, NDArray[np.float64]], _Pair]] = {
    "<": lambda fact, limits: (fact.high < limits, fact.low >= limits),
    "<=": lambda fact, limits: (fact.high <= limits, fact.low > limits),
    ">": lambda fact, limits: (fact.low > limits, fact.high <= limits),
    ">=": lambda fact, limits: (fact.low >= limits, fact.high < limits),
    "==": lambda fact, limits: (
        (fact.low == limits) & (fact.high == limits),
        (limits < fact.low) | (limits > fact.high),
    ),
}
