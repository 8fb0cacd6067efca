"""The proof of a verdict: the comparisons that make a rule's result what it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule
from aiff_matching.profiles.domain.facts import Fact, Facts
from aiff_matching.rules.domain.evaluation import Truth, leaf_truth, opposite


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a rule with what is known.

    `truth` is that of the requirement, `negated` says that the tree asks for the opposite of
    the comparison. Failing leaves with the same `alternative` are alternatives: one is enough.
    """

    leaf: Cmp
    truth: Truth
    negated: bool
    fact: Fact | None
    alternative: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The proof of a result: FALSE has failing leaves, UNKNOWN has unknown and no failing ones.

    `doubted` leaves fail on weak ground; DOUBTED has those, and neither failing nor unknown ones.
    """

    truth: Truth
    passing: tuple[Comparison, ...] = ()
    failing: tuple[Comparison, ...] = ()
    unknown: tuple[Comparison, ...] = ()
    doubted: tuple[Comparison, ...] = ()


def proof(rule: Rule, facts: Facts, today: date) -> Trace:
    """Return the result of `judged` together with the comparisons that make it so."""
    return Proofs(facts, today).of(rule)


def trace(rule: Rule, facts: Facts, lenient_on: date | None = None) -> Trace:
    """Return the plain result with the comparisons that make it so; the lenient one of a day."""
    return _trace(rule, _Comparing(facts, lenient_on), negated=False, path="0")


class Proofs:
    """Proofs from the same facts on a day; what rules have in common is compared once."""

    def __init__(self, facts: Facts, today: date) -> None:
        """Begin with nothing proven."""
        self._plain, self._lenient = _Comparing(facts), _Comparing(facts, today)
        self._known: dict[int, tuple[Rule, Trace]] = {}

    def of(self, rule: Rule) -> Trace:
        """Return the result of `judged` together with the comparisons that make it so."""
        # A rule that is held keeps its id its own.
        if id(rule) not in self._known:
            self._known[id(rule)] = rule, self._proof(rule)
        return self._known[id(rule)][1]

    def _proof(self, rule: Rule) -> Trace:
        plain = _trace(rule, self._plain, negated=False, path="0")
        if plain.truth is not Truth.FALSE:
            return plain
        lenient = _trace(rule, self._lenient, negated=False, path="0")
        return replace(lenient, truth=Truth.DOUBTED) if lenient.truth is Truth.TRUE else lenient


class _Comparing:
    """Compares leaves with facts, each leaf once; leniently where a day is given."""

    def __init__(self, facts: Facts, day: date | None = None) -> None:
        self._facts, self._day = facts, day
        self._known: dict[tuple[int, bool], Trace] = {}

    def trace(self, leaf: Cmp, *, negated: bool) -> Trace:
        # The trace holds its leaf, which keeps the id its own.
        key = id(leaf), negated
        if key not in self._known:
            fact = self._facts.get(leaf.attribute)
            self._known[key] = _leaf_trace(leaf, fact, self._day, negated=negated)
        return self._known[key]


def _trace(rule: Rule, comparing: _Comparing, *, negated: bool, path: str) -> Trace:
    match rule:
        case Cmp():
            return comparing.trace(rule, negated=negated)
        case Not(rule=inner):
            return _trace(inner, comparing, negated=not negated, path=path)
        case All(rules=rules) | AnyOf(rules=rules):
            parts = [
                _trace(inner, comparing, negated=negated, path=f"{path}.{index}")
                for index, inner in enumerate(rules)
            ]
    conjunction = isinstance(rule, All) != negated
    return _every(parts) if conjunction else _some(parts, path)


def _leaf_trace(leaf: Cmp, fact: Fact | None, day: date | None, *, negated: bool) -> Trace:
    found = leaf_truth(leaf, fact)
    truth = opposite(found) if negated else found
    comparison = (Comparison(leaf, truth, negated, fact),)
    if truth is Truth.UNKNOWN:
        return Trace(truth, unknown=comparison)
    if truth is Truth.TRUE:
        return Trace(truth, passing=comparison)
    if day is not None and day > leaf.refuses_until:
        return Trace(Truth.TRUE, doubted=comparison)
    return Trace(truth, failing=comparison)


def _every(parts: list[Trace]) -> Trace:
    return _joined(min(part.truth for part in parts), parts)


def _some(parts: list[Trace], path: str) -> Trace:
    """Only the branches that give the result are evidence; failing ones are alternatives."""
    truth = max(part.truth for part in parts)
    joined = _joined(truth, [part for part in parts if part.truth == truth])
    if truth is not Truth.FALSE or len(parts) == 1:
        return joined
    grouped = tuple(replace(item, alternative=path) for item in joined.failing)
    return replace(joined, failing=grouped)


def _joined(truth: Truth, parts: Iterable[Trace]) -> Trace:
    passing: list[Comparison] = []
    failing: list[Comparison] = []
    unknown: list[Comparison] = []
    doubted: list[Comparison] = []
    for part in parts:
        passing += part.passing
        failing += part.failing
        unknown += part.unknown
        doubted += part.doubted
    return Trace(truth, tuple(passing), tuple(failing), tuple(unknown), tuple(doubted))
