"""Rules between offers: prior aid, exclusion, once, own equity, de minimis, cumulated rate."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.answers.test_answers import ask
from tests.matching.documents import STARTUP, grant

from aiff_contracts.codec import parse
from aiff_matching.answers.domain.matching import Match
from aiff_matching.profiles.domain.aid import (
    PriorAid,
    de_minimis_total,
    project_total,
)
from aiff_matching.shared.intervals import Between

TODAY = date(2026, 11, 24)


def aid(slug: str = "x", **more: object) -> dict:
    return {"offer": slug, **more}


def one(stacking: dict, need: dict | None = None, **profile: object) -> Match:
    component = {"instrument": "grant", "dilution": "none", "minimum": {"amount": "50000"}}
    document = grant("aide", components=[component], details={"stacking": stacking})
    return ask([document], STARTUP | profile, need).matches[0]


def verdict(match: Match) -> str:
    return match.scored.assessment.decision.if_open


def french(match: Match) -> str:
    parts = (*match.reasons.passing, *match.reasons.failing, *match.reasons.unknown)
    return " / ".join(reason.sentence.fr for reason in parts).replace("\u202f", " ")


def test_a_dated_aid_and_a_plain_slug_both_count_as_obtained() -> None:
    needed = {"needs_prior": ["bourse"]}
    assert verdict(one(needed, prior_aid=["bourse"])) == "to_confirm"
    assert verdict(one(needed, prior_aid=[aid("bourse", granted_on="2025-03-01")])) == "to_confirm"
    assert verdict(one(needed, prior_aid=[])) == "not_eligible"
    assert verdict(one(needed)) == "unknown"


def test_an_exclusion_holds_in_both_directions_and_names_the_other_offer() -> None:
    first = grant("aide-a", title="Aide A", details={"stacking": {"excludes": ["aide-b"]}})
    second = grant("aide-b", title="Aide B")
    found = ask([first, second], STARTUP | {"prior_aid": ["aide-a"]}).matches
    refused = next(match for match in found if match.scored.slug == "aide-b")
    assert verdict(refused) == "not_eligible"
    assert refused.reasons.failing[0].sentence.fr == (
        "Non rempli : Non cumulable avec : Aide A (vous : Aide A)"
    )
    assert refused.counterfactuals[0].sentence.fr.endswith("sans cette aide préalable : Aide A")


def test_once_per_beneficiary() -> None:
    assert verdict(one({"once_per_beneficiary": True}, prior_aid=["aide"])) == "not_eligible"
    assert verdict(one({"once_per_beneficiary": True}, prior_aid=["autre"])) == "to_confirm"


def test_own_equity_below_the_smallest_amount_refuses_and_above_it_caps() -> None:
    poor = one({"capped_by_own_equity": True}, own_equity_eur=20_000)
    assert verdict(poor) == "not_eligible"
    rich = one({"capped_by_own_equity": True}, own_equity_eur=80_000)
    assert "Jusqu'à 80 000\u00a0€ : vos fonds propres plafonnent l'aide" in french(rich)


def test_the_headroom_counts_the_dated_aid_of_three_years() -> None:
    old = aid(amount_eur=280_000, granted_on="2023-11-23", de_minimis=True)
    recent = aid(amount_eur=280_000, granted_on="2024-03-14", de_minimis=True)
    assert verdict(one({"de_minimis": True}, prior_aid=[old])) == "to_confirm"
    refused = one({"de_minimis": True}, prior_aid=[recent])
    assert verdict(refused) == "not_eligible"
    ways = [way.sentence.fr for way in refused.counterfactuals]
    assert ways[0] == "Les règles seront remplies à partir du 15 mars 2027"
    other = aid(amount_eur=280_000, granted_on="2024-03-14", de_minimis=False)
    assert verdict(one({"de_minimis": True}, prior_aid=[other])) == "to_confirm"


@pytest.mark.parametrize(
    "unclear",
    [
        "x",
        aid(amount_eur=290_000, de_minimis=True),
        aid(amount_eur=290_000, granted_on="2026-01-01"),
        aid(granted_on="2026-01-01", de_minimis=True),
    ],
)
def test_aid_whose_date_amount_or_nature_is_not_known_leaves_the_headroom_open(unclear) -> None:
    assert verdict(one({"de_minimis": True}, prior_aid=[unclear])) == "unknown"


RATE = {"max_cumulated_rate": 0.5}
PROJECT = {"project": "Turbine", "funding": {"project_cost_eur": 400_000}}


@pytest.mark.parametrize(
    ("had", "expected"),
    [
        ([], "to_confirm"),
        ([aid(amount_eur=160_000, project="turbine ")], "not_eligible"),
        ([aid(amount_eur=160_000, project="Autre")], "to_confirm"),
        ([aid(amount_eur=160_000)], "unknown"),
        ([aid(project="Turbine")], "unknown"),
        ([aid(amount_eur=150_000, project="Turbine")], "to_confirm"),
    ],
)
def test_aid_to_the_same_project_adds_up_under_the_largest_rate(had, expected) -> None:
    assert verdict(one(RATE, PROJECT, prior_aid=had)) == expected


def test_the_room_under_the_rate_is_said_and_its_missing_cost_is_asked_for() -> None:
    match = one(RATE, PROJECT, prior_aid=[aid(amount_eur=100_000, project="Turbine")])
    assert "Jusqu'à 100 000\u00a0€" in french(match)
    missing = one(RATE, {"project": "Turbine", "funding": {}}, prior_aid=[])
    assert [reason.attribute for reason in missing.reasons.unknown] == ["project_cost_eur"]


amounts = st.integers(0, 10**6)


@given(st.lists(st.tuples(amounts, st.booleans(), st.dates(date(2020, 1, 1), TODAY)), max_size=6))
def test_what_is_left_out_of_a_list_only_widens_its_total(entries) -> None:
    exact = [PriorAid(offer="x", amount_eur=a, de_minimis=d, granted_on=g) for a, d, g in entries]
    found = de_minimis_total(exact, TODAY)
    assert found.low == found.high
    for hidden in (
        [PriorAid(offer="x", de_minimis=d, granted_on=g) for _, d, g in entries],
        [PriorAid(offer="x", amount_eur=a, granted_on=g) for a, _, g in entries],
        [PriorAid(offer="x", amount_eur=a, de_minimis=d) for a, d, _ in entries],
        ["x" for _ in entries],
    ):
        wide = de_minimis_total(hidden, TODAY)
        assert wide.low <= found.low <= wide.high


def test_a_project_that_the_need_does_not_name_may_be_any() -> None:
    listed = [parse(PriorAid, aid(amount_eur=10, project="A"))]
    assert project_total(listed, None) == Between(0, 10)
    assert project_total(listed, "a") == Between(10, 10)
