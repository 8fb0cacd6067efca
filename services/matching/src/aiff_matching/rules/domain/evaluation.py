"""The three-valued evaluator of rule trees: strong Kleene logic over what is known.

An answer that is missing or known only within bounds gives UNKNOWN, never a guess. More
answers can only turn UNKNOWN into another result.

A rule is judged twice. Plainly, every comparison counts. Leniently, one that fails on weak ground
counts as met, for it never refuses by itself. Who fails plainly is refused only where the lenient
result is FALSE too; where that is TRUE the refusal is DOUBTED.
"""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from functools import cache, lru_cache

from aiff_contracts.months import months_later
from aiff_contracts.nomenclatures.naf import in_rules, path, readings
from aiff_contracts.rules import FAMILY, LEVEL, All, AnyOf, Cmp, Not, Rule
from aiff_contracts.territory import ancestry, canonical_or_none
from aiff_matching.profiles.domain.aid import ObtainedAid
from aiff_matching.profiles.domain.facts import (
    Aids,
    Day,
    Exactly,
    Fact,
    Facts,
    Flag,
    OneOf,
    Places,
)
from aiff_matching.shared.intervals import Between

_NOTHING: frozenset[str] = frozenset()
_MOST_PLACES = 4_096


class Truth(IntEnum):
    """The order makes `all` a minimum, `any` a maximum and `not` a subtraction from two.

    DOUBTED is the result of a whole rule only: it fails, on weak ground.
    """

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2
    DOUBTED = 3


def evaluate(rule: Rule, facts: Facts) -> Truth:
    """Return whether the rule holds for everything that is still possible."""
    match rule:
        case Cmp():
            return leaf_truth(rule, facts.get(rule.attribute))
        case Not(rule=inner):
            return opposite(evaluate(inner, facts))
        case All(rules=rules):
            return min(evaluate(inner, facts) for inner in rules)
        case AnyOf(rules=rules):
            return max(evaluate(inner, facts) for inner in rules)


def judged(rule: Rule, facts: Facts, today: date) -> Truth:
    """Return the result on a day once it is weighed on what ground each comparison stands."""
    plain = evaluate(rule, facts)
    if plain is not Truth.FALSE:
        return plain
    lenient = _waiting(rule, facts, today, negated=False)[0]
    return Truth.DOUBTED if lenient is Truth.TRUE else lenient


def waiting(rule: Rule, facts: Facts, today: date) -> frozenset[str]:
    """Return the attributes of the comparisons that leave a rule UNKNOWN: `proof` without proof.

    Nothing where the rule is decided: no answer is waited for then.
    """
    plain, attributes = _waiting(rule, facts, None, negated=False)
    if plain is not Truth.FALSE:
        return attributes
    return _waiting(rule, facts, today, negated=False)[1]


def opposite(truth: Truth) -> Truth:
    """Return the negation: unknown stays unknown."""
    return Truth(2 - truth)


def leaf_truth(leaf: Cmp, fact: Fact | None) -> Truth:
    """Return the result of one comparison; a fact of None is unknown."""
    match fact:
        case Between():
            return _number(leaf.op, fact, float(leaf.value))  # type: ignore[arg-type]
        case Flag(value=value):
            return _known(value == leaf.value)
        case Day():
            return _day(leaf, fact)
        case Aids():
            truth = max(
                aid_truth(fact, code, leaf.granted_within_months) for code in values_of(leaf)
            )
            return opposite(truth) if leaf.op == "not_in" else truth
        case OneOf() | Exactly() | Places():
            return _listed(leaf, fact)
        case None:
            return Truth.UNKNOWN


def codes_of(leaf: Cmp) -> tuple[str, ...]:
    """Return every code that a comparison with a list names, those of its exception too."""
    return (*values_of(leaf), *(leaf.outside or ()))


def values_of(leaf: Cmp) -> tuple[str, ...]:
    """Return the codes of a comparison with a list."""
    return leaf.value if isinstance(leaf.value, tuple) else (str(leaf.value),)


def place_truth(places: Places, asked: str, outside: tuple[str, ...] = ()) -> Truth:
    """Return whether the organisation is in a territory, at a place in none of those `outside`.

    UNKNOWN where a stated place is coarser than the question (France may mean Paris), or where
    there may be places that were not stated.
    """
    stated = (_place_truth(code, asked, outside) for code in places.codes)
    return max((*stated, Truth(places.more)))


def _place_truth(place: str, asked: str, outside: tuple[str, ...]) -> Truth:
    left_out = max((_lies_in(place, code) for code in outside), default=Truth.FALSE)
    return min(_lies_in(place, asked), opposite(left_out))


def _lies_in(place: str, asked: str) -> Truth:
    outer = canonical_or_none(asked)
    if outer is None:
        return Truth.UNKNOWN
    if outer in containing(place):
        return Truth.TRUE
    return Truth(place in containing(outer))


def aid_truth(aids: Aids, asked: str, within_months: int | None = None) -> Truth:
    """Return whether aid of an offer, a family or a level was obtained, lately if so asked.

    UNKNOWN where it is not known of some aid what kind it is or when it was granted.
    """
    found = Truth.FALSE
    for aid in aids.obtained:
        recent = _granted_since(aid, aids.asked_on, within_months)
        found = max(found, min(_is_aid(aid, asked), recent))
    return found


def activity_truth(codes: Iterable[str], asked: str) -> Truth:
    """Return whether an activity lies under a NAF code of a rule.

    `codes` say the same activity, in one nomenclature or in both. UNKNOWN where the answer is
    coarser than the question, or is of the other nomenclature only.
    """
    truths = {_under(code, asked) for code in codes} - {Truth.UNKNOWN}
    return truths.pop() if len(truths) == 1 else Truth.UNKNOWN


@cache
def _under(code: str, asked: str) -> Truth:
    ruled = readings(asked)[:1]  # Rules mean rev. 2 where both have the code; it comes first.
    if not ruled or readings(code) != ruled:
        return Truth.UNKNOWN
    (nomenclature,) = ruled
    if asked in path(code, nomenclature):
        return Truth.TRUE
    return Truth.UNKNOWN if in_rules(code) in path(asked, nomenclature) else Truth.FALSE


@lru_cache(_MOST_PLACES)
def containing(code: str) -> frozenset[str]:
    """Return a canonical territory and all that contain it."""
    return frozenset(ancestry(code))


def _is_aid(aid: ObtainedAid, asked: str) -> Truth:
    if asked.startswith(FAMILY):
        families = aid.kind.families
        return Truth.UNKNOWN if families is None else _known(asked.removeprefix(FAMILY) in families)
    if asked.startswith(LEVEL):
        level = aid.kind.level
        return Truth.UNKNOWN if level is None else _known(asked.removeprefix(LEVEL) == level)
    return _known(aid.offer == asked)


def _granted_since(aid: ObtainedAid, asked_on: date, months: int | None) -> Truth:
    if months is None:
        return Truth.TRUE
    if aid.granted_on is None:
        return Truth.UNKNOWN
    return _known(asked_on <= months_later(aid.granted_on, months))


def _number(op: str, fact: Between, limit: float) -> Truth:
    match op:
        case "<":
            return _bounds(fact.high < limit, fact.low >= limit)
        case "<=":
            return _bounds(fact.high <= limit, fact.low > limit)
        case ">":
            return _bounds(fact.low > limit, fact.high <= limit)
        case ">=":
            return _bounds(fact.low >= limit, fact.high < limit)
        case _:
            outside = limit < fact.low or limit > fact.high
            return _bounds(fact.low == fact.high == limit, outside)


def _bounds(certain: bool, impossible: bool) -> Truth:  # noqa: FBT001 - two sides of one test
    if certain:
        return Truth.TRUE
    return Truth.FALSE if impossible else Truth.UNKNOWN


def _known(holds: bool) -> Truth:  # noqa: FBT001 - the value itself
    return Truth.TRUE if holds else Truth.FALSE


def _day(leaf: Cmp, day: Day) -> Truth:
    if leaf.op == "within_months":
        return _known(day.asked_on <= months_later(day.value, int(leaf.value)))  # type: ignore[arg-type]
    limit = date.fromisoformat(str(leaf.value))
    return _known(day.value < limit if leaf.op == "before" else day.value > limit)


def _listed(leaf: Cmp, fact: OneOf | Exactly | Places) -> Truth:
    asked = values_of(leaf)
    match fact:
        case Places():
            return max(place_truth(fact, code, leaf.outside or ()) for code in asked)
        case OneOf(codes=codes) if leaf.op == "prefix":
            return max(activity_truth(codes, prefix) for prefix in asked)
        case OneOf(codes=codes):
            hits = len(codes.intersection(asked))
            truth = _bounds(hits == len(codes), hits == 0)
        case Exactly(codes=codes):
            truth = _known(not codes.isdisjoint(asked))
    return opposite(truth) if leaf.op == "not_in" else truth


def _waiting(
    rule: Rule, facts: Facts, day: date | None, *, negated: bool
) -> tuple[Truth, frozenset[str]]:
    """Return a rule's result with what it waits for; a negation waits for the same."""
    match rule:
        case Cmp(attribute=attribute):
            truth = _literal(rule, facts.get(attribute), day, negated=negated)
            return truth, frozenset((attribute,)) if truth is Truth.UNKNOWN else _NOTHING
        case Not(rule=inner):
            return _waiting(inner, facts, day, negated=not negated)
        case All(rules=rules) | AnyOf(rules=rules):
            parts = [_waiting(inner, facts, day, negated=negated) for inner in rules]
    truths = [part[0] for part in parts]
    truth = min(truths) if isinstance(rule, All) != negated else max(truths)
    if truth is not Truth.UNKNOWN:
        return truth, _NOTHING
    return truth, _NOTHING.union(*(part[1] for part in parts))


def _literal(leaf: Cmp, fact: Fact | None, day: date | None, *, negated: bool) -> Truth:
    """Return what a comparison or its opposite gives; leniently, weak ground refuses nobody."""
    found = leaf_truth(leaf, fact)
    truth = opposite(found) if negated else found
    excused = truth is Truth.FALSE and day is not None and day > leaf.refuses_until
    return Truth.TRUE if excused else truth
