"""Facts are derived, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.codec import Faults, parse
from aiff_contracts.months import months_between
from aiff_contracts.rules import Cmp
from aiff_matching.profiles.domain.facts import (
    Aids,
    Fact,
    Flag,
    OneOf,
    Places,
    derive,
)
from aiff_matching.profiles.domain.identifiers import luhn
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.profiles.domain.sizes import SIZES, possible_sizes
from aiff_matching.rules.domain.evaluation import Truth, evaluate
from aiff_matching.shared.intervals import Between

TODAY = date(2026, 11, 24)


def facts(need: dict | None = None, **profile: object) -> dict[str, Fact]:
    return derive(parse(Profile, profile), parse(Need, need or {}), TODAY)


def test_an_empty_profile_knows_nothing() -> None:
    assert facts() == {}


def test_every_attribute_of_the_rules_can_be_answered() -> None:
    need = {
        "compute": {"purpose": "production", "permitted_use": "civil"},
        "funding": {"project_cost_eur": 1, "round_eur": 1, "round_committed_ratio": 0.5},
        "eu_project": True,
        "consortium_size": 3,
        "consortium_countries": 2,
    }
    flags = [name for name, entry in ATTRIBUTES.items() if entry.type == "flag"]
    profile = dict.fromkeys((name for name in flags if name != "eu_project"), True) | {
        "organisation_type": "startup", "headcount": 4, "turnover_eur": 1,
        "balance_sheet_eur": 1, "created_on": "2026-01-01", "country": "FR", "sites": ["FR-IDF"],
        "legal_form": "SAS", "naf": "62.01Z", "sectors": ["ai"], "stage": "seed", "trl": 4,
        "rd_expense_ratio": 0.5, "own_equity_eur": 1, "funds_raised_eur": 0, "prior_aid": [],
        "de_minimis_received_eur": 0, "eic_failures": 0,
    }  # fmt: skip
    assert set(facts(need, **profile)) == set(ATTRIBUTES)


def test_no_prior_aid_is_a_fact_and_unanswered_is_not() -> None:
    assert facts(prior_aid=[])["prior_aid"] == Aids(frozenset(), TODAY)
    assert "prior_aid" not in facts()


def test_age_counts_completed_months() -> None:
    assert facts(created_on="2025-11-24")["age_months"] == Between(12, 12)
    assert facts(created_on="2025-11-25")["age_months"] == Between(11, 11)


def test_a_company_that_is_yet_to_be_created_has_no_age_and_no_legal_entity() -> None:
    found = facts(created_on="2027-01-01")
    assert "age_months" not in found
    assert found["has_legal_entity"] == Flag(value=False)


def test_a_siren_places_the_company_in_france_as_a_legal_entity() -> None:
    found = facts(identifiers=[{"scheme": "siren", "value": "732 829 320"}])
    assert found["country"] == Places(("FR",))
    assert found["has_legal_entity"] == Flag(value=True)


def test_sites_in_one_country_tell_the_country_and_sites_in_two_do_not() -> None:
    assert facts(sites=["DEP-75", "REG-84"])["country"] == Places(("FR",))
    assert "country" not in facts(sites=["DEP-75", "DE"])


def test_a_country_alone_is_a_coarse_site() -> None:
    assert facts(country="FR")["sites"] == Places(("FR",), more=True)


def test_a_site_abroad_that_was_not_asked_for_is_not_ruled_out() -> None:
    leaf = Cmp(attribute="sites", op="within", value="DE", label_fr="site", label_en="site")
    assert evaluate(leaf, facts(country="FR")) is Truth.UNKNOWN
    assert evaluate(leaf, facts(country="FR", sites=["DEP-75"])) is Truth.FALSE


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"headcount": 4, "turnover_eur": 100_000}, {"micro"}),
        ({"headcount": 4}, set(SIZES)),
        ({"headcount": 300}, {"small_midcap", "midcap", "large"}),
        ({"headcount": {"min": 5, "max": 20}, "balance_sheet_eur": 1e6}, {"micro", "small"}),
        ({"headcount": 100, "turnover_eur": 60e6, "balance_sheet_eur": 40e6}, {"medium"}),
    ],
)
def test_company_size_follows_the_recommendation(answers: dict, expected: set[str]) -> None:
    found = facts(**answers).get("company_size", OneOf(frozenset(SIZES)))
    assert found == OneOf(frozenset(expected))


spans = st.lists(st.tuples(*[st.integers(0, 10**9)] * 2), min_size=3, max_size=3)


@given(spans)
def test_a_completed_answer_gives_a_size_that_was_possible(bounds: list[tuple[int, int]]) -> None:
    wide = possible_sizes(*(Between(min(span), max(span)) for span in bounds))
    narrow = possible_sizes(*(Between(span[0], span[0]) for span in bounds))
    assert len(narrow) == 1
    assert narrow <= wide


@given(st.dates(date(1990, 1, 1), TODAY))
def test_age_never_shrinks(created: date) -> None:
    assert months_between(created, TODAY) >= months_between(created, date(2026, 11, 1))


@given(st.integers(0, 10**8 - 1))
def test_one_check_digit_of_ten_is_right(number: int) -> None:
    assert sum(luhn(f"{number:08}{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize(
    "profile",
    [
        {"identifiers": [{"scheme": "siren", "value": "732829321"}]},
        {"identifiers": [{"scheme": "siret", "value": "73282932000075"}]},
        {"identifiers": [{"scheme": "siren", "value": "732829320"}], "country": "DE"},
        {"country": "DE", "sites": ["DEP-75"]},
        {"country": "EU"},
        {"country": "REG-11"},
        {"sites": ["ATLANTIS"]},
        {"naf": "software"},
        {"has_legal_entity": False, "created_on": "2025-01-01"},
        {"rd_expense_ratio": 1.2},
        {"trl": 0},
    ],
)
def test_a_contradiction_or_a_wrong_code_is_refused(profile: dict) -> None:
    with pytest.raises(Faults):
        parse(Profile, profile)
