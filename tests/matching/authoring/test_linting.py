"""The linter finds what an author did not mean, and nothing in rules that do their work."""

import pytest
from hypothesis import assume, given, settings
from tests.matching.documents import cmp
from tests.matching.real_catalogue import real_catalogue
from tests.matching.rules.strategies import complete_facts, rules

from aiff_contracts.codec import parse
from aiff_contracts.offer.content import rules_of
from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule, leaves
from aiff_matching.authoring.domain.linting import lint
from aiff_matching.authoring.domain.satisfiability import Effort, satisfiable
from aiff_matching.profiles.domain.facts import Fact
from aiff_matching.rules.domain.evaluation import Truth, evaluate

NEW = "2026-01-01"
# The strategies draw values for these that no profile can state.
MADE_UP = {"trl", "stage", "organisation_type", "country"}


def leaf(attribute: str, op: str, value: object, **more: object) -> dict:
    return cmp(attribute, op, value) | {"source": "essai"} | more


def every(*parts: dict) -> dict:
    return {"type": "all", "rules": list(parts)}


def either(*parts: dict) -> dict:
    return {"type": "any", "rules": list(parts)}


def but_not(part: dict) -> dict:
    return {"type": "not", "rule": part}


def found(rule: dict, offers: set[str] | None = None) -> list[tuple[str, str]]:
    kinds = {"all": All, "any": AnyOf, "not": Not, "cmp": Cmp}
    parsed: Rule = parse(kinds[rule["type"]], rule)
    return [(finding.code, finding.pointer) for finding in lint(parsed, offers)]


@pytest.mark.parametrize(
    "rule",
    [
        every(leaf("headcount", "<", 10), leaf("headcount", ">=", 10)),
        every(leaf("headcount", ">", 4), leaf("headcount", "<", 5)),
        every(leaf("deeptech", "==", True), but_not(leaf("deeptech", "==", True))),
        every(leaf("country", "within", "DE"), leaf("country", "within", "FR")),
        every(leaf("created_on", "after", NEW), leaf("created_on", "before", NEW)),
        every(leaf("naf", "prefix", "62"), but_not(leaf("naf", "prefix", "J"))),
        every(leaf("company_size", "in", ["micro"]), leaf("company_size", "not_in", ["micro"])),
        every(leaf("prior_aid", "overlaps", ["aa"]), leaf("prior_aid", "not_in", ["aa", "bb"])),
    ],
)  # fmt: skip
def test_a_rule_that_contradicts_itself(rule: dict) -> None:
    assert ("never_true", "") in found(rule)


@pytest.mark.parametrize(
    "rule",
    [
        either(leaf("trl", "<", 4), leaf("trl", ">=", 4)),
        leaf("rd_expense_ratio", "<=", 1),
        either(leaf("prior_aid", "overlaps", ["aa"]), leaf("prior_aid", "not_in", ["aa"])),
    ],
)
def test_a_rule_that_excludes_nobody(rule: dict) -> None:
    assert ("always_true", "") in found(rule)


@pytest.mark.parametrize(
    ("rule", "finding"),
    [
        (
            either(leaf("trl", ">=", 6), every(leaf("trl", "<", 2), leaf("trl", ">", 8))),
            ("unreachable_branch", "/rules/1"),
        ),
        (
            either(leaf("headcount", "<", 250), leaf("headcount", "<", 50)),
            ("redundant_branch", "/rules/1"),
        ),
        (
            every(leaf("sites", "within", "REG-11"), leaf("sites", "within", "FR")),
            ("redundant_branch", "/rules/1"),
        ),
        (leaf("trl", ">=", 10), ("out_of_range", "/value")),
        (leaf("rd_expense_ratio", ">=", 20), ("out_of_range", "/value")),
        (leaf("country", "within", "ATLANTIS"), ("unknown_code", "/value")),
        (leaf("naf", "prefix", "62.99Z"), ("unknown_code", "/value")),
        (leaf("naf", "prefix", "72.2C"), ("unknown_code", "/value")),
        (leaf("organisation_type", "in", ["start-up"]), ("unknown_code", "/value")),
        (leaf("sectors", "overlaps", ["alchemy"]), ("unknown_code", "/value")),
        (leaf("stage", "in", ["sead"]), ("unknown_code", "/value")),
        (but_not(leaf("prior_aid", "overlaps", ["oubli"])), ("unknown_code", "/rule/value")),
        (leaf("trl", ">=", 4, source=None), ("no_source", "")),
        (
            leaf("trl", ">=", 4, label_fr="the TRL is four", label_en="the TRL is four"),
            ("not_translated", ""),
        ),
    ],
)
def test_a_fault_is_told_with_its_place(rule: dict, finding: tuple[str, str]) -> None:
    assert finding in found(rule, {"bourse"})


def test_an_attribute_that_no_question_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "aiff_matching.authoring.domain.linting.ANSWERABLE", frozenset({"headcount"})
    )
    assert found(leaf("trl", ">=", 4)) == [("not_asked", "")]


@pytest.mark.parametrize(
    "rule",
    [
        every(leaf("headcount", ">=", 10), leaf("headcount", "<", 50)),
        either(leaf("sites", "within", "REG-11"), leaf("sites", "within", "REG-84")),
        every(leaf("naf", "prefix", "J"), but_not(leaf("naf", "prefix", "62.01Z"))),
        every(leaf("sites", "within", "FR"), but_not(leaf("sites", "within", "DEP-75"))),
        every(leaf("sites", "within", "REG-11"), leaf("sites", "within", "REG-84")),
        but_not(leaf("prior_aid", "overlaps", ["bourse"])),
    ],
)
def test_a_rule_that_does_its_work_is_left_alone(rule: dict) -> None:
    assert found(rule, {"bourse"}) == []


@settings(max_examples=300)
@given(rules, complete_facts)
def test_what_some_answers_meet_is_never_called_impossible(
    rule: Rule, facts: dict[str, Fact]
) -> None:
    assume(MADE_UP.isdisjoint(compared.attribute for compared in leaves(rule)))
    truth = evaluate(rule, facts)
    assert truth is not Truth.TRUE or satisfiable(rule) is not False
    assert truth is not Truth.FALSE or satisfiable(rule, wanted=Truth.FALSE) is not False


def test_a_rule_that_takes_too_long_is_told_so_and_costs_no_more():
    names = ("headcount", "turnover_eur", "balance_sheet_eur", "own_equity_eur")
    pairs = [
        either(leaf(name, "<", 10 + step), leaf(name, ">", 1_000 + step))
        for step in range(10)
        for name in names
    ]
    assert ("too_intricate", "") in found(every(*pairs))


def test_what_was_spent_is_spent_for_all_that_is_tried_of_a_rule():
    rule, effort = parse(Cmp, leaf("headcount", "<", 10)), Effort(10)
    assert satisfiable(rule, effort=effort) is True
    assert 0 < effort.left < 10
    while not effort.is_spent:
        satisfiable(rule, effort=effort)
    assert satisfiable(rule, effort=effort) is None


@pytest.mark.no_cover
def test_every_rule_of_the_catalogue_is_checked_as_a_whole():
    for candidate in real_catalogue().candidates:
        for _, rule in rules_of(candidate.offer):
            assert "too_intricate" not in [one.code for one in lint(rule)]
