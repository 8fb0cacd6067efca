"""What would change a refusal: tried on the whole rule, two changes where one is not enough."""

import pytest
from hypothesis import given
from tests.matching.answers.test_answers import NOW, ask
from tests.matching.documents import STARTUP, cmp, grant
from tests.matching.rules.strategies import complete_facts, rules

from aiff_contracts.rules import Rule
from aiff_matching.answers.domain.counterfactuals import counterfactuals
from aiff_matching.profiles.domain.facts import Fact, Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth, judged
from aiff_matching.rules.domain.proofs import proof

TODAY = NOW.date()


def every(*rules: dict) -> dict:
    return {"type": "all", "rules": list(rules)}


def either(*rules: dict) -> dict:
    return {"type": "any", "rules": list(rules)}


def ways(rule: dict, **profile: object) -> list[str]:
    found = ask([grant("aide", rule)], STARTUP | profile).matches[0].counterfactuals
    return [way.sentence.fr.replace("\u202f", " ").replace("\u00a0", " ") for way in found]


@pytest.mark.parametrize(
    ("rule", "profile", "sentence"),
    [
        (
            cmp("headcount", "<", 250),
            {"headcount": 300},
            "avec : effectif : inférieur à 250 personnes (vous : 300 personnes)",
        ),
        (cmp("age_months", ">=", 24), {"created_on": "2025-03-14"}, "à partir du 14 mars 2027"),
        (
            cmp("organisation_type", "in", ["lab", "sme"]),
            {},
            "avec : type d'organisation : laboratoire ou PME",
        ),
        (cmp("sites", "within", ["REG-84"]), {}, "avec : un établissement dans : Auvergne-"),
        (cmp("country", "within", ["DE"]), {}, "une entreprise établie dans : Allemagne"),
        (
            {"type": "not", "rule": cmp("prior_aid", "overlaps", ["bourse"])},
            {"prior_aid": ["bourse", "autre"]},
            "avec : sans cette aide préalable : bourse",
        ),
        (cmp("deeptech", "==", True, "Deeptech"), {"deeptech": False}, "avec : « Deeptech »"),
        (
            cmp("company_size", "in", ["micro", "small"]),
            {"headcount": 60, "turnover_eur": 1e6},
            "avec : effectif : inférieur à 50 personnes (vous : 60 personnes)",
        ),
        (cmp("rd_expense_ratio", ">=", 0.2), {"rd_expense_ratio": 0.15}, "20 % (vous : 15 %)"),
    ],
)  # fmt: skip
def test_a_single_change_is_told_as_a_founder_would_say_it(rule, profile, sentence) -> None:
    assert sentence in ways(rule, **profile)[0]


def test_each_of_several_alternatives_is_a_way() -> None:
    rule = either(cmp("trl", ">=", 6), cmp("headcount", ">=", 10))
    assert len(ways(rule, trl=3)) == 2


def test_two_changes_are_combined_only_where_no_single_one_is_enough() -> None:
    rule = every(cmp("trl", ">=", 6), cmp("headcount", ">=", 10))
    (both,) = ways(rule, trl=3)
    assert "(TRL) : au moins 6 (vous : 3) et effectif : au moins 10 personnes (vous : 4" in both
    assert len(ways(rule, trl=6)) == 1


def test_what_would_take_three_changes_is_not_proposed() -> None:
    rule = every(
        cmp("trl", ">=", 6), cmp("headcount", ">=", 10), cmp("organisation_type", "in", ["lab"])
    )
    assert ways(rule, trl=3) == []


def test_time_is_not_promised_where_it_makes_the_company_too_old_for_another_rule() -> None:
    rule = every(cmp("age_months", ">=", 36), cmp("age_months", "<", 24))
    assert ways(rule) == []


@pytest.mark.parametrize(
    ("rule", "profile"),
    [
        (cmp("age_months", "<", 12), {}),
        (cmp("eic_failures", "<", 3), {"eic_failures": 3}),
        (cmp("created_on", "after", "2026-01-01"), {}),
    ],
)
def test_what_cannot_be_undone_is_not_proposed(rule, profile) -> None:
    assert ways(rule, **profile) == []


def test_answers_that_would_still_be_missing_are_not_called_met() -> None:
    rule = every(cmp("headcount", ">=", 10), cmp("deeptech", "==", True))
    assert ways(rule)[0].startswith("Plus aucune règle ne s'y opposerait")


@given(rules, complete_facts)
def test_every_proposed_change_undoes_the_refusal(rule: Rule, facts: dict[str, Fact]) -> None:
    known = Known(Profile(), Need(), TODAY, facts)
    for way in counterfactuals(rule, proof(rule, facts, TODAY), (), known, {}):
        assert judged(rule, facts, TODAY) is Truth.FALSE
        changed = dict(facts)
        for change in way.changes:
            changed |= change.facts
        assert judged(rule, changed, TODAY) is not Truth.FALSE
