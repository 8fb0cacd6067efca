"""The evaluator is sound, monotone, independent of order, and explains itself."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.rules.strategies import ASKED_ON, complete_facts, knowledge, rules

from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule
from aiff_matching.profiles.domain.aid import granted
from aiff_matching.profiles.domain.facts import Aids, Day, Fact, Flag, OneOf, Places
from aiff_matching.rules.domain.evaluation import Truth, evaluate, judged
from aiff_matching.rules.domain.proofs import trace
from aiff_matching.rules.domain.rulebook import compile_rules
from aiff_matching.shared.intervals import Between

TODAY = date(2026, 11, 24)
Knowledge = tuple[dict[str, Fact], dict[str, Fact]]


def cmp(attribute: str, op: str, value: object) -> Cmp:
    return Cmp(attribute=attribute, op=op, value=value, label_fr="règle", label_en="rule")


def left_out(within: str, *outside: str) -> Cmp:
    return replace(cmp("sites", "within", within), outside=outside)


@given(rules, knowledge())
def test_what_is_true_or_false_of_partial_facts_stays_so_when_they_are_completed(
    rule: Rule, known: Knowledge
) -> None:
    partial, complete = known
    before = evaluate(rule, partial)
    assert before is Truth.UNKNOWN or before is evaluate(rule, complete)


@given(rules, knowledge(), st.data())
def test_an_added_answer_never_flips_a_result(
    rule: Rule, known: Knowledge, data: st.DataObject
) -> None:
    partial, complete = known
    name = data.draw(st.sampled_from(sorted(complete)))
    before, after = evaluate(rule, partial), evaluate(rule, {**partial, name: complete[name]})
    assert before is Truth.UNKNOWN or before is after


@given(rules, complete_facts)
def test_complete_facts_leave_nothing_unknown(rule: Rule, facts: dict[str, Fact]) -> None:
    assert evaluate(rule, facts) is not Truth.UNKNOWN


@given(rules, knowledge(), st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(rule: Rule, known: Knowledge, random) -> None:
    assert evaluate(_shuffled(rule, random), known[0]) is evaluate(rule, known[0])


@given(rules, knowledge())
def test_a_trace_agrees_with_the_evaluation_and_proves_it(rule: Rule, known: Knowledge) -> None:
    proof = trace(rule, known[0])
    assert proof.truth is evaluate(rule, known[0])
    assert bool(proof.failing) == (proof.truth is Truth.FALSE)
    assert proof.truth is not Truth.TRUE or not proof.unknown
    assert proof.truth is not Truth.UNKNOWN or proof.unknown


@given(st.lists(rules, max_size=12), knowledge())
def test_the_rulebook_agrees_with_the_evaluator_on_every_rule(
    book: list[Rule], known: Knowledge
) -> None:
    found = compile_rules(book).evaluate(known[0], ASKED_ON)
    assert found.tolist() == [judged(rule, known[0], ASKED_ON) for rule in book]


def test_an_absent_rule_is_true_for_everybody_in_the_rulebook() -> None:
    book = compile_rules([None, cmp("deeptech", "==", True), None])
    assert book.evaluate({}, ASKED_ON).tolist() == [Truth.TRUE, Truth.UNKNOWN, Truth.TRUE]


def test_an_empty_rulebook_gives_an_empty_answer() -> None:
    assert compile_rules([]).evaluate({}, ASKED_ON).tolist() == []


@pytest.mark.parametrize(
    ("leaf", "fact", "expected"),
    [
        (cmp("headcount", "<", 30), Between(20, 49), Truth.UNKNOWN),
        (cmp("headcount", "<", 50), Between(20, 49), Truth.TRUE),
        (cmp("headcount", ">=", 50), Between(20, 49), Truth.FALSE),
        (cmp("headcount", "==", 20), Between(20, 20), Truth.TRUE),
        (cmp("headcount", "==", 20), Between(20, 49), Truth.UNKNOWN),
        (cmp("deeptech", "==", False), Flag(value=False), Truth.TRUE),
        (cmp("created_on", "after", "2026-01-01"), Day(date(2026, 1, 1), TODAY), Truth.FALSE),
        (cmp("created_on", "before", "2026-01-02"), Day(date(2026, 1, 1), TODAY), Truth.TRUE),
        (cmp("created_on", "within_months", 12), Day(date(2025, 11, 24), TODAY), Truth.TRUE),
        (cmp("created_on", "within_months", 12), Day(date(2025, 11, 23), TODAY), Truth.FALSE),
        (cmp("created_on", "within_months", 12), Day(date(2027, 1, 1), TODAY), Truth.TRUE),
        (cmp("sites", "within", "REG-11"), Places(("DEP-75",)), Truth.TRUE),
        (cmp("sites", "within", "FR-IDF"), Places(("COM-75056",)), Truth.TRUE),
        (cmp("sites", "within", "DEP-75"), Places(("FR",)), Truth.UNKNOWN),
        (cmp("sites", "within", "DEP-75"), Places(("REG-84",)), Truth.FALSE),
        (cmp("naf", "prefix", "J"), OneOf(frozenset({"62.01Z"})), Truth.TRUE),
        (cmp("naf", "prefix", "62.01Z"), OneOf(frozenset({"naf_rev2:62"})), Truth.UNKNOWN),
        (cmp("naf", "prefix", "62.01Z"), OneOf(frozenset({"62"})), Truth.UNKNOWN),
        (cmp("naf", "prefix", "G"), OneOf(frozenset({"naf_rev2:62"})), Truth.FALSE),
        (left_out("FR", "REG-84"), Places(("COM-75056",)), Truth.TRUE),
        (left_out("FR", "REG-84"), Places(("COM-69123",)), Truth.FALSE),
        (left_out("FR", "REG-84"), Places(("COM-69123", "COM-75056")), Truth.TRUE),
        (left_out("FR", "REG-84"), Places(("COM-69123", "DE")), Truth.FALSE),
        (left_out("FR", "REG-84"), Places(("FR",)), Truth.UNKNOWN),
        (left_out("FR", "REG-84"), Places(("DE",)), Truth.FALSE),
        (left_out("FR", "REG-84"), Places(("COM-69123",), more=True), Truth.UNKNOWN),
        (left_out("FR", "DEP-69"), Places(("REG-84",)), Truth.UNKNOWN),
        (left_out("REG-84", "DEP-69"), Places(("FR",)), Truth.UNKNOWN),
        (left_out("REG-84", "REG-84"), Places(("DEP-69",)), Truth.FALSE),
        (left_out("FR", "ATLANTIS"), Places(("DEP-69",)), Truth.UNKNOWN),
        (left_out("FR", "DEP-69", "DEP-13"), Places(("COM-13055",)), Truth.FALSE),
        # A code of the other nomenclature, or of both, decides nothing.
        (cmp("naf", "prefix", "J"), OneOf(frozenset({"62.10Y"})), Truth.UNKNOWN),
        (cmp("naf", "prefix", "62.10Y"), OneOf(frozenset({"62.01Z"})), Truth.UNKNOWN),
        (cmp("naf", "prefix", "K"), OneOf(frozenset({"K"})), Truth.UNKNOWN),
        (cmp("naf", "prefix", ("K", "62.10Y")), OneOf(frozenset({"62.90Y"})), Truth.TRUE),
        (cmp("naf", "prefix", "naf_2025:L"), OneOf(frozenset({"62.10Y"})), Truth.FALSE),
        (cmp("naf", "prefix", "V"), OneOf(frozenset({"99.00Y"})), Truth.TRUE),
        (cmp("naf", "prefix", "6201z"), OneOf(frozenset({"62.01Z"})), Truth.TRUE),
        # Who says both is judged by the one that the rule speaks of.
        (cmp("naf", "prefix", "J"), OneOf(frozenset({"62.01Z", "62.10Y"})), Truth.TRUE),
        (cmp("naf", "prefix", "62.09Z"), OneOf(frozenset({"62.01Z", "62.10Y"})), Truth.FALSE),
        (cmp("naf", "prefix", ("62.99Z", "6#", "K:")), OneOf(frozenset({"62.01Z"})), Truth.UNKNOWN),
        (cmp("company_size", "in", ("micro", "small")), OneOf(frozenset({"micro", "small"})), 2),
        (cmp("company_size", "in", ("micro",)), OneOf(frozenset({"micro", "small"})), 1),
        (cmp("prior_aid", "not_in", ("x",)), Aids(frozenset(), TODAY), Truth.TRUE),
        (cmp("prior_aid", "overlaps", ("x",)), Aids(frozenset(), TODAY), Truth.FALSE),
    ],
)
def test_one_comparison(leaf: Cmp, fact: Fact, expected: int) -> None:
    assert evaluate(leaf, {leaf.attribute: fact}) == expected


def test_a_territory_that_no_table_knows_is_unknown() -> None:
    leaf = cmp("sites", "within", "ATLANTIS")
    assert evaluate(leaf, {"sites": Places(("FR",))}) is Truth.UNKNOWN


def test_the_failing_branches_of_any_are_alternatives() -> None:
    rule = AnyOf(rules=(cmp("trl", ">=", 6), cmp("headcount", "<", 10)))
    proof = trace(rule, {"trl": Between(3, 3), "headcount": Between(20, 20)})
    assert len({evidence.alternative for evidence in proof.failing}) == 1
    assert proof.failing[0].alternative is not None


def test_only_the_deciding_branch_of_any_is_evidence() -> None:
    rule = AnyOf(rules=(cmp("trl", ">=", 6), cmp("headcount", "<", 10)))
    proof = trace(rule, {"trl": Between(3, 3), "headcount": Between(4, 4)})
    assert [evidence.leaf.attribute for evidence in proof.passing] == ["headcount"]
    assert not proof.failing


def test_a_negated_comparison_fails_where_it_holds() -> None:
    rule = Not(rule=cmp("prior_aid", "overlaps", ("bft",)))
    proof = trace(rule, {"prior_aid": Aids(frozenset({granted("bft", TODAY)}), TODAY)})
    assert proof.truth is Truth.FALSE
    assert proof.failing[0].negated


def _shuffled(rule: Rule, random) -> Rule:
    match rule:
        case Cmp():
            return rule
        case Not(rule=inner):
            return Not(rule=_shuffled(inner, random))
        case All(rules=parts) | AnyOf(rules=parts):
            mixed = [_shuffled(part, random) for part in parts]
            random.shuffle(mixed)
            return type(rule)(rules=tuple(mixed))
