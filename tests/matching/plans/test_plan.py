"""Compute plans over the real catalogue: properties that hold for every job."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.documents import NOW, STARTUP
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.plans.domain.combinations import Combination, Part
from aiff_matching.plans.domain.plan import Plan, PlanAsked, PlanEntry, plan
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth

GPUS = packaged_gpu_table()
AI = STARTUP | {
    "has_legal_entity": True,
    "ai_company": True,
    "hpc_experience": True,
    "contract_covers_allocation": True,
}
_jobs = st.fixed_dictionaries(
    {
        "task": st.sampled_from(["pretraining", "full_finetune", "lora", "inference"]),
        "parameters_b": st.floats(0.5, 100),
        "tokens_b": st.floats(0.1, 3000),
        "purpose": st.sampled_from(["open_research", "innovation", None]),
        "gpus_min": st.sampled_from([None, 8, 64, 512]),
        "budget_eur": st.sampled_from([None, 1_000, 50_000]),
        "start": st.sampled_from([None, "2026-12-01", "2027-03-01"]),
    }
)


def planned(profile: dict[str, Any] | None = None, **job: Any) -> Plan:
    who, need = parse(Profile, AI if profile is None else profile), parse(Need, {"compute": job})
    return plan(PlanAsked(who, need), real_catalogue(), GPUS, NOW)


def entries(found: Plan) -> dict[str, PlanEntry]:
    return {entry.planned.key: entry for entry in found.entries}


def within_quota(part: Part) -> bool:
    mode, amount = part.usable.planned.explained.option.mode, part.amount
    if part.usable.is_cloud or mode is None or amount is None:
        return part.usable.is_cloud
    low, high = amount.range.low * (1 + 1e-9), amount.range.high * (1 - 1e-9)
    return low >= (mode.minimum or 0) and (mode.unbounded or high <= (mode.maximum or 0))


def check(made: Combination, budget: float | None) -> None:
    assert made.uncovered + sum(part.share for part in made.parts) == pytest.approx(1)
    assert all(within_quota(part) for part in made.parts)
    families = [part.usable.family for part in made.parts]
    assert len(families) == len(set(families))
    begins = [part.usable.begins for part in made.parts if part.usable.begins]
    assert begins == sorted(begins)
    for measure, total in made.amounts.items():
        own = [part.amount for part in made.parts if part.amount and part.measure == measure]
        assert total.low == pytest.approx(sum(amount.range.low for amount in own))
        assert total.high == pytest.approx(sum(amount.range.high for amount in own))
    assert budget is None or made.costs.get("EUR", (0,))[0] <= budget


@settings(max_examples=40, deadline=None)
@given(_jobs)
def test_combinations_keep_every_quota_cover_the_work_and_never_mix_units(job: dict) -> None:
    for made in planned(**job).combinations:
        check(made, job["budget_eur"])


@settings(max_examples=30, deadline=None)
@given(_jobs)
def test_every_range_of_every_option_is_in_order(job: dict) -> None:
    for entry in planned(**job).entries:
        one = entry.planned
        for span in (one.hours, one.fit.memory_per_device, one.schedule.work_days):
            assert span is None or 0 <= span.low <= span.high
        for days in (one.schedule.access, one.schedule.finish):
            assert days is None or days.last is None or days.first <= days.last
        cost = one.explained.option.cost
        assert cost.low is None or cost.high is None or 0 <= cost.low <= cost.high


@settings(max_examples=20, deadline=None)
@given(_jobs)
def test_only_what_can_be_had_is_compared_and_all_of_it(job: dict) -> None:
    for entry in planned(**job).entries:
        verdict = entry.planned.explained.option.decision.verdict
        assert (entry.dominance is None) == (verdict in {"closed", "not_eligible"})


def test_every_access_mode_and_cloud_of_the_catalogue_is_an_option() -> None:
    found = planned(can_be_federated=True)
    details = [c.offer.details for c in real_catalogue().candidates if c.offer.kind == "compute"]
    assert len(found.entries) == sum(max(1, len(one.access_modes)) for one in details)
    assert len(entries(found)) == len(found.entries)


@pytest.mark.parametrize(("declared", "offered"), [(True, 2), (False, 0), (None, 0)])
def test_federations_are_for_jobs_declared_to_be_spread(
    declared: bool | None, offered: int
) -> None:
    found = planned(can_be_federated=declared, gpu_hours=1000)
    federations = [e.planned for e in found.entries if e.planned.details.nature == "federation"]
    assert len(federations) == offered
    assert found.left_out.get("not_federated", 0) == 2 - offered
    for one in federations:
        assert len(one.members) >= 2
        assert all(member.offer for member in one.members)


def test_a_stack_that_does_not_fit_is_refused_with_the_port_it_takes() -> None:
    lumi = entries(planned(gpu_hours=20_000, gpu_model="H100", stack="cuda"))
    failing = lumi["lumi-g/aif-fast-lane"].planned.explained.reasons.failing
    stack = next(reason for reason in failing if reason.code == "stack")
    assert "HIP" in stack.sentence.fr
    assert "port" in stack.sentence.en
    ready = entries(planned(gpu_hours=20_000, gpu_model="H100", stack="any"))
    codes = {r.code for r in ready["lumi-g/aif-fast-lane"].planned.explained.reasons.failing}
    assert "stack" not in codes


def test_a_cut_off_after_the_wanted_start_is_shown_as_late() -> None:
    found = entries(planned(gpu_hours=100_000, gpu_model="H100", start="2026-12-20"))
    large = found["eurohpc-aif-large-scale/aif-large-scale"].planned.schedule
    wanted = date(2026, 12, 20)
    fine = [
        ahead.moment.on.isoformat()
        for ahead in large.cut_offs
        if ahead.access.by(wanted) is Truth.TRUE
    ]
    assert fine == ["2026-11-30"]
    assert large.apply_by is not None
    assert large.apply_by.moment.on.isoformat() == "2026-11-30"
    assert len(large.cut_offs) > len(fine)


def test_a_cloud_bridges_the_time_until_a_large_allocation() -> None:
    found = planned(task="pretraining", parameters_b=30, tokens_b=2000, gpus_min=512)
    kinds = {made.kind for made in found.combinations}
    assert {"bridge", "steps"} <= kinds
    bridge = next(made for made in found.combinations if made.kind == "bridge")
    cloud, allocation = bridge.parts
    assert cloud.usable.is_cloud
    assert cloud.usable.subject_to_stock
    assert cloud.usable.begins < allocation.usable.begins
    assert {unit for unit, _model in bridge.amounts} == {"eur", "gpu_hour"}


def of_gpu(made: Combination) -> set[tuple[str, str | None]]:
    """The units of the parts, each with its GPU, written again on purpose."""
    found = set()
    for part in made.parts:
        gpu = part.usable.planned.details.gpu
        if part.amount and part.amount.unit in {"gpu_hour", "node_hour"}:
            found.add((part.amount.unit, gpu.model if gpu else None))
    return found


def test_hours_of_two_gpus_are_never_added() -> None:
    made = planned(gpu_hours=60_000, gpu_model="H100", gpus_min=256).combinations
    totals = [{key for key in one.amounts if key[0] in {"gpu_hour", "node_hour"}} for one in made]
    assert totals == [of_gpu(one) for one in made]
    assert any(len(keys) > 1 for keys in totals)


def test_a_plan_without_any_answer_gives_no_hours_and_no_yes_by_guess() -> None:
    found = planned({})
    assert found.work is None
    assert found.memory is None
    assert found.combinations == ()
    assert {one.attribute for one in found.missing} >= {"task", "parameters_b", "tokens_b"}
    for entry in found.entries:
        assert entry.planned.explained.option.amount is None
        assert entry.planned.hours is None
        # Only what is on sale to anyone is a yes to somebody who has said nothing.
        offer = entry.planned.candidate.offer
        verdict = entry.planned.explained.option.decision.verdict
        assert verdict != "eligible" or offer.eligibility.open_to_all is not None
