"""One offer judged for many needs: the same as each need judged by itself."""

import random
from datetime import timedelta

import pytest
from tests.matching.documents import NOW
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_kit.ids import new_id
from aiff_matching.answers.domain.assessment import assess, hidden
from aiff_matching.answers.domain.matching import own_truths
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth, judged
from aiff_matching.watching.domain.need_columns import NeedColumns, NeedFacts
from aiff_matching.watching.domain.scheduled_changes import boundaries

GPUS = packaged_gpu_table()
NEEDS = (
    {},
    {"kinds": ["funding", "training"]},
    {"funding": {"amount_eur": 200_000, "non_dilutive_only": True, "project_cost_eur": 300_000}},
    {"funding": {"amount_eur": {"min": 10_000, "max": 90_000}}, "project": "turbine"},
    {"compute": {"gpu_hours": 8000, "gpu_model": "H100", "budget_eur": 20000}},
    {"compute": {"task": "pretraining", "parameters_b": 7, "tokens_b": 300, "gpus_min": 64}},
    {"compute": {"gpu_hours": 500, "gpu_model": "A100", "sovereignty": "eu_controlled"}},
    {"incubation": {"no_equity": True}},
)


def profile(source: random.Random) -> Profile:
    stated = {
        "organisation_type": source.choice(["startup", "sme", "lab", "university"]),
        "country": "FR",
        "sites": [source.choice(["DEP-75", "DEP-69", "REG-11"])],
        "created_on": source.choice(["2025-02-10", "2016-01-01", "2019-11-25"]),
        "headcount": source.choice([3, {"min": 20, "max": 49}, 300]),
        "turnover_eur": source.choice([0, 5_000_000, 80_000_000]),
        "own_equity_eur": source.choice([0, 50_000, {"min": 0, "max": 900_000}]),
        "prior_aid": source.choice([[], ["innovup"], [_AID], ["bourse-french-tech"]]),
        "trl": source.choice([2, 4, 7]),
        "deeptech": source.choice([True, False]),
        "ai_company": True,
    }
    kept = {name: value for name, value in stated.items() if source.random() < 0.75}
    return parse(Profile, kept)


_AID = {
    "offer": "innovup",
    "amount_eur": 280_000,
    "granted_on": "2025-03-01",
    "de_minimis": True,
    "project": "turbine",
}


@pytest.fixture(scope="module")
def needs() -> NeedColumns:
    source = random.Random(20261124)
    asked = [(profile(source), parse(Need, source.choice(NEEDS))) for _ in range(60)]
    return NeedColumns(
        [NeedFacts.of(new_id(), pair, (GPUS, real_catalogue().aid), NOW) for pair in asked]
    )


def judged_for(rule, known):
    return judged(rule, known.facts, known.today)


def test_truths_are_those_of_the_evaluator_for_every_real_rule(needs):
    for candidate in real_catalogue().candidates:
        for gate in (candidate.gate, *(gate for _, gate in candidate.modes)):
            alone = [
                int(Truth.TRUE if gate.rule is None else judged_for(gate.rule, stored.known))
                for stored in needs.needs
            ]
            assert needs.truths(gate.rule).tolist() == alone


def test_standings_are_those_of_the_single_assessment_for_every_real_offer(needs):
    catalogue = real_catalogue()
    seen = set()
    for candidate in catalogue.candidates:
        together = needs.states(candidate, NOW)
        for stored, state in zip(needs.needs, together, strict=True):
            need, situation = stored.known.need, stored.at(NOW).situation
            wanted = need.wanted_kinds()
            left_out = hidden(candidate, need, situation) is not None
            if left_out or (wanted and candidate.offer.kind not in wanted):
                assert state is None
                continue
            truths = own_truths(candidate, catalogue.truths(stored.known))
            item = assess(candidate, truths, stored.known, situation)
            decision = None if state is None else (state.verdict, state.if_open)
            alone = (item.decision.verdict, item.decision.if_open)
            assert decision == (None if alone[1] == "not_eligible" else alone)
            if state is not None:
                had = {"eligible", "to_confirm"}
                modes = [o.mode.id for o in item.options if o.mode and o.decision.verdict in had]
                assert state.options == tuple(sorted(modes))
            seen.add(alone)
    assert len(seen) >= 6


def test_nothing_changes_between_the_boundaries_of_an_offer(needs):
    for candidate in real_catalogue().candidates[::5]:
        day_end = NOW.replace(hour=22, minute=59)
        inside = [at for at in boundaries(candidate) if NOW < at <= day_end]
        if not inside:
            late = needs.states(candidate, day_end)
            assert needs.states(candidate, NOW) == late


def test_each_boundary_comes_before_the_instant_at_which_an_offer_stands_otherwise(needs):
    second = timedelta(seconds=1)
    for candidate in real_catalogue().candidates:
        for at in sorted(boundaries(candidate)):
            if NOW - timedelta(days=3) < at < NOW + timedelta(days=60):
                before = needs.states(candidate, at - 2 * second)
                assert before == needs.states(candidate, at - second)
