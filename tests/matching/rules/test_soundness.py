"""Ten thousand random trees against every completion of what is not known.

A tree is drawn from a seed, and all completions of its open attributes are enumerated: what the
evaluator calls true or false must be so in each of them.
"""

import random
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule
from aiff_matching.profiles.domain.aid import granted
from aiff_matching.profiles.domain.facts import Aids, Fact, Flag, OneOf, Places
from aiff_matching.rules.domain.evaluation import Truth, evaluate
from aiff_matching.shared.intervals import Between

TODAY = date(2026, 11, 24)
SEEDS, TREES_A_SEED = 120, 100
NUMBERS, CODES = (0, 1, 2, 3), ("a", "b", "c")
PLACES = ("COM-75056", "COM-69123", "DE")
WIDER = {"COM-75056": "REG-11", "COM-69123": "FR", "DE": "EU"}
# Each completion of an answer, by attribute.
COMPLETE: dict[str, tuple[Fact, ...]] = {
    "headcount": tuple(Between(n, n) for n in NUMBERS),
    "deeptech": (Flag(value=True), Flag(value=False)),
    "legal_form": tuple(OneOf(frozenset({code})) for code in CODES),
    "prior_aid": tuple(
        Aids(frozenset(granted(code, TODAY) for code in some), TODAY)
        for some in ("", "a", "b", "ab")
    ),
    "country": tuple(Places((code,)) for code in PLACES),
}


def a_leaf(chance: random.Random) -> Cmp:
    name = chance.choice(sorted(COMPLETE))
    op, value = {
        "headcount": lambda: (chance.choice(("<", "<=", ">", ">=", "==")), chance.choice(NUMBERS)),
        "deeptech": lambda: ("==", chance.random() < 0.5),
        "legal_form": lambda: (chance.choice(("in", "not_in")), a_list(chance)),
        "prior_aid": lambda: (chance.choice(("overlaps", "not_in")), a_list(chance)),
        "country": lambda: ("within", chance.choice(("FR", "EU", "REG-11", "COM-75056", "DE"))),
    }[name]()
    return Cmp(attribute=name, op=op, value=value, label_fr="règle", label_en="rule")


def a_list(chance: random.Random) -> tuple[str, ...]:
    return tuple(chance.sample(CODES, chance.randint(1, 2)))


def a_tree(chance: random.Random, depth: int = 3) -> Rule:
    kind = chance.randrange(4) if depth else 0
    if kind == 0:
        return a_leaf(chance)
    if kind == 1:
        return Not(rule=a_tree(chance, depth - 1))
    parts = tuple(a_tree(chance, depth - 1) for _ in range(chance.randint(1, 3)))
    return All(rules=parts) if kind == 2 else AnyOf(rules=parts)


def an_answer(chance: random.Random, name: str) -> tuple[Fact | None, tuple[Fact, ...]]:
    """What may be said about an attribute, and all that it leaves possible."""
    everything = COMPLETE[name]
    if chance.random() < 0.3:
        return None, everything
    exact = chance.choice(everything)
    if chance.random() < 0.5:
        return exact, (exact,)
    match exact:
        case Between(low=low):
            high = chance.choice([n for n in NUMBERS if n >= low])
            return Between(low, high), tuple(f for f in everything if low <= f.low <= high)
        case OneOf(codes=codes):
            more = codes | set(a_list(chance))
            return OneOf(more), tuple(f for f in everything if f.codes <= more)
        case Places(codes=(code,)):
            inside = [p for p in PLACES if p == code or WIDER[p] == WIDER[code]]
            return Places((WIDER[code],)), tuple(Places((place,)) for place in inside)
    return exact, (exact,)


@settings(max_examples=SEEDS)
@given(st.integers(0, 2**32))
def test_what_the_evaluator_says_holds_in_every_completion(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(TREES_A_SEED):
        rule = a_tree(chance)
        answers = {name: an_answer(chance, name) for name in COMPLETE}
        said = {name: fact for name, (fact, _) in answers.items() if fact is not None}
        truth = evaluate(rule, said)
        completions = product(*(possible for _, possible in answers.values()))
        results = {
            evaluate(rule, dict(zip(answers, complete, strict=True))) for complete in completions
        }
        assert Truth.UNKNOWN not in results
        assert truth is Truth.UNKNOWN or results == {truth}
