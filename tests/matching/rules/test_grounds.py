"""A refusal needs a source that can bear it: what weak ground does to a result, as properties."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.rules.strategies import ASKED_ON, RECENT, knowledge, rules

from aiff_contracts.provenance import bears_until
from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule, leaves
from aiff_matching.profiles.domain.facts import Fact
from aiff_matching.rules.domain.evaluation import Truth, evaluate, judged
from aiff_matching.rules.domain.proofs import proof
from aiff_matching.shared.intervals import Between

Knowledge = tuple[dict[str, Fact], dict[str, Fact]]
FIRM = {"confidence": "stated_by_provider", "as_of": RECENT}
WEAK = {"confidence": "secondary", "as_of": RECENT}
FACTS = {"headcount": Between(60, 60), "trl": Between(4, 4)}


def on(rule: Rule, **ground: object) -> Rule:
    """The same rule with all comparisons on one ground."""
    match rule:
        case Cmp():
            return replace(rule, **{"confidence": None, "as_of": None} | ground)
        case Not(rule=inner):
            return Not(rule=on(inner, **ground))
        case All(rules=parts):
            return All(rules=tuple(on(part, **ground) for part in parts))
        case AnyOf(rules=parts):
            return AnyOf(rules=tuple(on(part, **ground) for part in parts))


def below(limit: int, name: str = "headcount", **ground: object) -> Cmp:
    words = {"label_fr": "limite", "label_en": "limit"}
    return Cmp(attribute=name, op="<", value=limit, **words, **ground)


@given(rules, knowledge())
def test_with_firm_ground_everywhere_the_result_is_the_plain_one(
    rule: Rule, known: Knowledge
) -> None:
    firm = on(rule, **FIRM)
    assert judged(firm, known[0], ASKED_ON) is evaluate(firm, known[0])


@given(rules, knowledge())
def test_nobody_is_refused_where_all_ground_is_weak(rule: Rule, known: Knowledge) -> None:
    weak = on(rule, **WEAK)
    assert judged(weak, known[0], ASKED_ON) is not Truth.FALSE
    complete = judged(weak, known[1], ASKED_ON)
    assert complete is (Truth.TRUE if evaluate(weak, known[1]) is Truth.TRUE else Truth.DOUBTED)


@given(rules, knowledge())
def test_ground_never_lets_somebody_pass_and_never_refuses_who_passes(
    rule: Rule, known: Knowledge
) -> None:
    plain, result = evaluate(rule, known[0]), judged(rule, known[0], ASKED_ON)
    assert (result is Truth.TRUE) == (plain is Truth.TRUE)
    assert plain is Truth.FALSE or result is plain


@given(rules, knowledge(), st.data())
def test_an_added_answer_only_removes_unknowns(
    rule: Rule, known: Knowledge, data: st.DataObject
) -> None:
    partial, complete = known
    name = data.draw(st.sampled_from(sorted(complete)))
    before = judged(rule, partial, ASKED_ON)
    after = judged(rule, {**partial, name: complete[name]}, ASKED_ON)
    assert before is Truth.UNKNOWN or before is after


@given(rules, knowledge(), st.data())
def test_a_firmer_source_of_one_comparison_only_settles_doubt_against(
    rule: Rule, known: Knowledge, data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from(list(leaves(rule))))
    firmer = replaced(rule, chosen, replace(chosen, **FIRM))
    weaker = replaced(rule, chosen, replace(chosen, **WEAK))
    before, after = judged(weaker, known[0], ASKED_ON), judged(firmer, known[0], ASKED_ON)
    steps = {
        (Truth.DOUBTED, Truth.FALSE), (Truth.DOUBTED, Truth.UNKNOWN), (Truth.UNKNOWN, Truth.FALSE),
    }  # fmt: skip
    assert before is after or (before, after) in steps


@given(rules, knowledge(), st.integers(0, 1500))
def test_time_alone_only_takes_refusals_back(rule: Rule, known: Knowledge, days: int) -> None:
    early = judged(rule, known[0], ASKED_ON)
    late = judged(rule, known[0], ASKED_ON + timedelta(days=days))
    assert early is late or (early, late) in {
        (Truth.FALSE, Truth.UNKNOWN), (Truth.FALSE, Truth.DOUBTED), (Truth.UNKNOWN, Truth.DOUBTED),
    }  # fmt: skip


@given(rules, knowledge())
def test_the_proof_names_what_the_result_rests_on(rule: Rule, known: Knowledge) -> None:
    found = proof(rule, known[0], ASKED_ON)
    assert found.truth is judged(rule, known[0], ASKED_ON)
    assert all(one.leaf.refuses_until >= ASKED_ON for one in found.failing)
    assert all(one.leaf.refuses_until < ASKED_ON for one in found.doubted)
    assert bool(found.failing) == (found.truth is Truth.FALSE)
    assert found.truth is not Truth.DOUBTED or (found.doubted and not found.unknown)
    assert found.truth is not Truth.TRUE or not found.doubted


@pytest.mark.parametrize(
    ("confidence", "as_of", "until"),
    [
        ("stated_by_provider", date(2025, 6, 1), date(2026, 12, 1)),
        ("sourced", date(2025, 8, 31), date(2027, 3, 1)),
        ("sourced", None, date.min),
        ("secondary", date(2026, 11, 1), date.min),
        ("disputed", date(2026, 11, 1), date.min),
        ("general_knowledge", date(2026, 11, 1), date.min),
        (None, date(2026, 11, 1), date.min),
    ],
)
def test_only_a_firm_statement_of_the_last_eighteen_months_can_refuse(
    confidence: str, as_of: date | None, until: date
) -> None:
    assert bears_until(confidence, as_of) == until


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (below(50, **FIRM), Truth.FALSE),
        (below(50, **WEAK), Truth.DOUBTED),
        (All(rules=(below(50, **WEAK), below(40, **FIRM))), Truth.FALSE),
        (All(rules=(below(50, **WEAK), below(9, "eic_failures", **FIRM))), Truth.UNKNOWN),
        # An answer may still make it eligible.
        (AnyOf(rules=(below(50, **WEAK), below(9, "eic_failures", **FIRM))), Truth.UNKNOWN),
        (AnyOf(rules=(below(50, **WEAK), below(3, "trl", **FIRM))), Truth.DOUBTED),
        (AnyOf(rules=(below(50, **WEAK), below(9, "trl", **FIRM))), Truth.TRUE),
        (Not(rule=below(70, **WEAK)), Truth.DOUBTED),
        (Not(rule=All(rules=(below(70, **WEAK), below(9, "trl", **FIRM)))), Truth.DOUBTED),
    ],
)
def test_weak_ground_inside_a_tree(rule: Rule, expected: Truth) -> None:
    assert judged(rule, FACTS, ASKED_ON) is expected


def replaced(rule: Rule, old: Cmp, new: Cmp) -> Rule:
    match rule:
        case Cmp():
            return new if rule == old else rule
        case Not(rule=inner):
            return Not(rule=replaced(inner, old, new))
        case All(rules=parts):
            return All(rules=tuple(replaced(part, old, new) for part in parts))
        case AnyOf(rules=parts):
            return AnyOf(rules=tuple(replaced(part, old, new) for part in parts))
