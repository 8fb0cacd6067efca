"""Journeys, for random companies and needs over the whole real catalogue."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from tests.matching.documents import grant, offer
from tests.matching.profiles.askers import needs, profiles
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.offer import OfferDocument
from aiff_matching.answers.domain.matching import Asked
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.journeys.domain.choosing import excludes
from aiff_matching.journeys.domain.journey import journey
from aiff_matching.journeys.domain.ordering import ordered
from aiff_matching.journeys.domain.stages import STAGES
from aiff_matching.journeys.domain.steps import Journey
from aiff_matching.journeys.entrypoints.http.calendar import calendar_of
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.profiles.domain.need import ExpertiseNeed, FundingNeed, Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)
GPUS = packaged_gpu_table()
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
STARTUP = Profile(country="FR", organisation_type="startup", has_legal_entity=True, prior_aid=())
MONEY = Need(funding=FundingNeed(amount_eur=50_000), project="Turbine")


def planned(
    profile: Profile, need: Need, catalogue: Catalogue | None = None, now: datetime = NOW
) -> Journey:
    asked = Asked(profile, need, frozenset(), DEFAULT_WEIGHTS, 20)
    return journey(asked, catalogue or real_catalogue(), GPUS, now)


def keys(found: Journey) -> list[str]:
    return [step.key for step in found.steps]


@FEW
@given(profiles(), needs(), st.integers(0, 500))
def test_every_journey_is_sound(profile: Profile, need: Need, later: int) -> None:
    now = NOW + timedelta(days=later)
    found = planned(profile, need, now=now)
    assert len(set(keys(found))) == len(found.steps)
    assert [report.stage for report in found.stages] == list(STAGES)
    place = {step.key: number for number, step in enumerate(found.steps)}
    for number, step in enumerate(found.steps):
        assert step.choice.decision.if_open != "not_eligible" or step.choice.role.job[:5] == "share"
        before = [one.step for one in step.prerequisites if one.step is not None]
        assert all(place[key] < number for key in before)
        timing = step.timing
        assert timing.apply.first >= found.today
        assert timing.begins.first >= found.today
        assert timing.apply_by is None or timing.apply_by.end() > now
        assert timing.apply_by is None or timing.apply.first <= timing.apply_by.on
        if timing.deadline is not None and timing.begins.first > timing.deadline:
            assert timing.in_time is Truth.FALSE
    for one in found.steps:
        assert not any(excludes(one.choice, two.choice) for two in found.steps if two is not one)


@FEW
@given(profiles(), needs(), st.randoms())
def test_the_same_question_has_the_same_answer_whatever_the_order_of_the_offers(
    profile: Profile, need: Need, random: Random
) -> None:
    offers = [one.offer for one in real_catalogue().candidates]
    random.shuffle(offers)
    again = planned(profile, need, build(offers, 1))
    assert keys(again) == keys(planned(profile, need))


@FEW
@given(profiles(), needs())
def test_a_calendar_holds_every_step(profile: Profile, need: Need) -> None:
    found = planned(profile, need)
    read = Calendar.from_ical(calendar_of(found, french=True))
    named = {str(part["uid"]).split(".")[0] for part in [*read.events, *read.todos]}
    assert {str(step.choice.offer.id) for step in found.steps} == named
    dated = {step.choice.offer.id for step in found.steps if step.timing.apply_by is not None}
    assert {str(one) for one in dated} <= {str(e["uid"]).split(".")[0] for e in read.events}
    uids = [str(part["uid"]) for part in [*read.events, *read.todos]]
    assert len(uids) == len(set(uids))


def test_of_two_that_exclude_each_other_the_second_is_left_out_and_named() -> None:
    stacking = {"stacking": {"excludes": ["premiere"]}}
    offers = [
        grant("premiere", provider="region"),
        grant("seconde", details=stacking, provider="ville"),
    ]
    found = planned(STARTUP, MONEY, build(offers, 1))
    assert keys(found) == ["premiere"]
    (left,) = found.left_out
    assert (left.choice.key, left.why, left.step) == ("seconde", "excluded", "premiere")
    assert "premiere" in left.sentence.fr


def test_de_minimis_aid_is_added_up_over_the_steps() -> None:
    part = {
        "instrument": "grant", "dilution": "none",
        "minimum": {"amount": "200000"}, "maximum": {"amount": "200000"},
    }  # fmt: skip
    offers = [
        grant(slug, components=[part], details={"stacking": {"de_minimis": True}}, provider=slug)
        for slug in ("une", "deux")
    ]
    need = Need(funding=FundingNeed(amount_eur=250_000))
    found = planned(STARTUP, need, build(offers, 1))
    assert keys(found) == ["deux"]
    assert [(one.choice.key, one.why) for one in found.left_out] == [("une", "excluded")]


def test_the_next_phase_comes_after_the_one_it_needs() -> None:
    gated = {"shape": "phase_gated", "after": "phase-1", "window": {"closes": {"on": "2029-01-01"}}}
    offers = [
        grant("phase-1", details={"duration_months": 12}),
        grant("phase-2", intake=gated, details={"stacking": {"needs_prior": ["phase-1"]}}),
    ]
    found = planned(STARTUP, MONEY, build(offers, 1))
    assert keys(found) == ["phase-1", "phase-2"]
    second = found.steps[1]
    assert [one.step for one in second.prerequisites] == ["phase-1"]
    assert second.timing.apply.first >= date(2027, 11, 20)


def test_a_phase_that_closes_before_the_first_is_done_is_said_to_be_too_late() -> None:
    gated = {"shape": "phase_gated", "after": "phase-1", "window": {"closes": {"on": "2027-01-01"}}}
    offers = [
        grant("phase-1", details={"duration_months": 12}),
        grant("phase-2", intake=gated, details={"stacking": {"needs_prior": ["phase-1"]}}),
    ]
    found = planned(STARTUP, MONEY, build(offers, 1))
    assert keys(found) == ["phase-1"]
    assert [(one.choice.key, one.why) for one in found.left_out] == [("phase-2", "too_late")]


@pytest.mark.parametrize(("wanted", "in_time"), [(date(2026, 12, 1), Truth.FALSE), (None, None)])
def test_money_that_comes_after_it_is_needed_is_marked(
    wanted: date | None, in_time: Truth | None
) -> None:
    window = {
        "shape": "window",
        "window": {"opens": {"on": "2026-11-01"}, "closes": {"on": "2027-02-01"}},
    }
    need = Need(funding=FundingNeed(amount_eur=50_000, needed_by=wanted))
    (step,) = planned(STARTUP, need, build([grant("appel", intake=window)], 1)).steps
    assert step.timing.in_time is in_time


def test_what_needs_a_company_waits_for_its_registration() -> None:
    rule = {
        "type": "cmp", "attribute": "has_legal_entity", "op": "==", "value": True,
        "label_fr": "Entreprise immatriculée", "label_en": "Registered company",
    }  # fmt: skip
    team = Profile(country="FR", organisation_type="startup", has_legal_entity=False)
    found = planned(team, MONEY, build([grant("subvention", rule)], 1))
    (step,) = found.steps
    assert [one.kind for one in step.prerequisites] == ["registration"]
    assert step.timing.apply.last is None
    assert found.registration


def test_a_gap_says_what_is_nearest_and_what_would_change_it() -> None:
    rule = {
        "type": "cmp", "attribute": "headcount", "op": "<", "value": 10,
        "label_fr": "Moins de 10 personnes", "label_en": "Fewer than 10 people",
    }  # fmt: skip
    large = Profile(country="FR", organisation_type="startup", headcount=50)
    found = planned(large, MONEY, build([grant("petite", rule)], 1))
    fund = next(report for report in found.stages if report.stage == "fund")
    assert fund.status == "gap"
    (near,) = fund.nearest
    assert near.why == "not_eligible"
    assert "Moins de 10" in near.sentence.fr
    assert near.choice.counterfactuals


def a_resource(slug: str, resource: str, words: str) -> OfferDocument:
    return offer(slug, {"kind": "resource", "resource": resource}, title=words, provider=slug)


def test_a_journey_uses_resources_that_are_close_to_the_need_and_covers_nothing_with_them() -> None:
    offers = [
        a_resource("banc", "benchmark", "évaluation de la recherche documentaire en français"),
        a_resource("modele", "model", "modèle de recherche documentaire en français"),
        a_resource("corpus", "dataset", "imagerie satellitaire des forêts"),
        a_resource("guide", "guide", "guide de la recherche documentaire"),
    ]
    need = Need(
        description="recherche documentaire en français", expertise=ExpertiseNeed(topics=("RAG",))
    )
    found = planned(STARTUP, need, build(offers, 1))
    roles = {step.key: (step.stage, step.choice.role.job) for step in found.steps}
    assert roles == {
        "guide": ("discover", "knowledge"),
        "banc": ("assess", "benchmark"),
        "modele": ("build_and_test", "building_block"),
    }
    status = {report.stage: report.status for report in found.stages}
    assert (status["assess"], status["build_and_test"]) == ("gap", "gap")
    assert not any(one.step in roles for step in found.steps for one in step.prerequisites)


def test_no_tool_is_proposed_to_who_says_nothing_about_the_project() -> None:
    offers = [a_resource("banc", "benchmark", "banc"), a_resource("modele", "model", "modèle")]
    assert keys(planned(STARTUP, Need(), build(offers, 1))) == []


def test_the_order_follows_requirements_whatever_the_dates() -> None:
    offers = [
        grant("phase-1", details={"duration_months": 1}),
        grant("phase-2", details={"stacking": {"needs_prior": ["phase-1"]}}),
        grant("phase-3", details={"stacking": {"needs_prior": ["phase-2"]}}),
    ]
    found = planned(STARTUP, MONEY, build(offers, 1))
    assert keys(found) == ["phase-1", "phase-2", "phase-3"]
    assert [step.key for step in ordered(reversed(found.steps))] == keys(found)
