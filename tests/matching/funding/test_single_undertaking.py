"""The de minimis ceiling: three whole years to the day, shared by all enterprises that are linked.

Regulation (EU) 2023/2831, articles 2(2) and 3(2); Regulation (EEC, Euratom) 1182/71, article 3.
The example of 30 January 2024 is that of the Walloon authority for State aid, the kinds of link
are those of the Luxembourg guide to the single undertaking.
"""

from datetime import date, timedelta
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.funding.test_stacking import aid, french, one, verdict

from aiff_contracts.codec import parse
from aiff_matching.profiles.domain.aid import PriorAid, de_minimis_total, relief_days
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.intervals import Between

TODAY = date(2026, 11, 24)
FULL = {"amount_eur": 300_000, "de_minimis": True}


def counted(granted_on: str, asked: str) -> bool:
    entry = parse(PriorAid, aid(amount_eur=1, granted_on=granted_on, de_minimis=True))
    return de_minimis_total([entry], date.fromisoformat(asked)) == Between(1, 1)


@pytest.mark.parametrize(
    ("granted_on", "last_day"),
    [
        ("2021-01-30", "2024-01-30"),
        ("2023-11-30", "2026-11-30"),
        ("2023-12-31", "2026-12-31"),
        ("2024-01-01", "2027-01-01"),
        ("2024-02-28", "2027-02-28"),
        ("2024-02-29", "2027-02-28"),
        ("2025-02-28", "2028-02-28"),
        ("2025-03-01", "2028-03-01"),
        ("2023-03-26", "2026-03-26"),
        ("2020-02-29", "2023-02-28"),
    ],
)
def test_three_years_end_with_the_last_hour_of_the_same_date(
    granted_on: str, last_day: str
) -> None:
    day_after = str(date.fromisoformat(last_day) + timedelta(days=1))
    assert counted(granted_on, granted_on)
    assert counted(granted_on, last_day)
    assert not counted(granted_on, day_after)
    entry = parse(PriorAid, aid(granted_on=granted_on, de_minimis=True))
    assert relief_days([entry], date.fromisoformat(granted_on)) == (date.fromisoformat(day_after),)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 1200), st.integers(0, 60))
def test_aid_counts_at_least_three_years_and_what_has_left_never_comes_back(
    granted_on: date, days: int, more: int
) -> None:
    day = granted_on + timedelta(days=days)
    now, later = (counted(str(granted_on), str(day + timedelta(days=n))) for n in (0, more))
    assert now or not later
    assert now == (days <= 1095) or days == 1096


@pytest.mark.parametrize(
    ("profile", "low", "high"),
    [
        ({}, 0, inf),
        ({"prior_aid": []}, 0, 0),
        ({"prior_aid": [], "enterprises": []}, 0, 0),
        ({"prior_aid": [], "enterprises": [{"relation": "linked"}]}, 0, inf),
        ({"de_minimis_received_eur": 0, "enterprises": [{"relation": "linked"}]}, 0, inf),
        ({"prior_aid": [], "enterprises": [{"relation": "linked", "prior_aid": []}]}, 0, 0),
        (
            {
                "prior_aid": [],
                "enterprises": [{"relation": "linked", "de_minimis_received_eur": 200_000}],
            },
            200_000,
            200_000,
        ),
        (
            {
                "de_minimis_received_eur": 100_000,
                "enterprises": [
                    {"relation": "linked", "prior_aid": [aid(granted_on="2024-05-02", **FULL)]}
                ],
            },
            400_000,
            400_000,
        ),
        # A sister company counts as the mother does, each by what it says.
        (
            {
                "prior_aid": [],
                "enterprises": [
                    {"relation": "linked", "de_minimis_received_eur": 50_000},
                    {"relation": "linked", "de_minimis_received_eur": {"max": 20_000}},
                ],
            },
            50_000,
            70_000,
        ),
        ({"enterprises": [{"relation": "linked", "de_minimis_received_eur": 5}]}, 5, inf),
        # Partners, investors and public bodies are no part of the single undertaking.
        ({"prior_aid": [], "enterprises": [{"relation": "partner", "share": 0.4}]}, 0, 0),
        (
            {
                "prior_aid": [],
                "enterprises": [{"relation": "investor", "de_minimis_received_eur": 300_000}],
            },
            0,
            0,
        ),
        ({"prior_aid": [], "enterprises": [{"relation": "public_body", "share": 0.2}]}, 0, 0),
        # What left the three years is gone for a linked enterprise as for the company.
        (
            {
                "prior_aid": [],
                "enterprises": [
                    {"relation": "linked", "prior_aid": [aid(granted_on="2023-11-23", **FULL)]}
                ],
            },
            0,
            0,
        ),
    ],
)
def test_the_total_is_that_of_all_linked_enterprises(
    profile: dict[str, Any], low: float, high: float
) -> None:
    facts = Known.of(parse(Profile, profile), Need(), TODAY).facts
    found = facts.get("de_minimis_received_eur", Between(0, inf))
    assert found == Between(low, high)


def test_aid_of_a_linked_enterprise_refuses_and_its_end_gives_relief() -> None:
    parent = {"relation": "linked", "prior_aid": [aid(granted_on="2024-03-14", **FULL)]}
    refused = one({"de_minimis": True}, prior_aid=[], enterprises=[parent])
    assert verdict(refused) == "not_eligible"
    ways = [way.sentence.fr for way in refused.counterfactuals]
    assert ways[0] == "Les règles seront remplies à partir du 15 mars 2027"


def test_what_a_linked_enterprise_received_is_asked_for_and_never_taken_as_nothing() -> None:
    open_ = one({"de_minimis": True}, prior_aid=[], enterprises=[{"relation": "linked"}])
    assert verdict(open_) == "unknown"
    assert "Jusqu'à" not in french(open_)


def test_who_says_nothing_about_other_enterprises_is_told_on_what_the_room_rests() -> None:
    silent = french(one({"de_minimis": True}, prior_aid=[], enterprises=None))
    assert "si aucune autre entreprise n'est liée à la vôtre" in silent
    alone = french(one({"de_minimis": True}, prior_aid=[], enterprises=[]))
    assert "reste du plafond de minimis" in alone
    assert "liée" not in alone
