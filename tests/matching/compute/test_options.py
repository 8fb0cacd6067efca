"""Hours, units, memory, quotas, costs and sovereignty of compute offers."""

from datetime import date
from decimal import Decimal

import pytest
from tests.matching.documents import both, mode

from aiff_contracts.codec import parse
from aiff_contracts.offer import (
    AccessMode,
    ComputeDetails,
    Gpu,
    PriceRow,
    Pricing,
    SovereigntyFacets,
)
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain import hardware, quotas, safeguards
from aiff_matching.compute.domain.costs import Usage, cost_of, current_rows
from aiff_matching.compute.domain.memory import memory_of
from aiff_matching.compute.domain.sovereignty import meets
from aiff_matching.compute.domain.units import NO_HOURS, Quantity, Unknown, quantity
from aiff_matching.compute.domain.workloads import Workload, workload_of
from aiff_matching.profiles.domain.need import ComputeNeed, Preset
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.intervals import Between

GPUS = packaged_gpu_table()
TODAY = date(2026, 11, 24)
PUBLIC = {
    "operator_type": "public",
    "operator_hq": "FR",
    "data_locations": ["FR"],
    "ultimate_owner": "FR",
    "non_eu_law_exposure": "none_known",
}
SECNUM = {"scheme": "SecNumCloud", "state": "held", "covers_gpu": True, "valid_to": "2027-06-30"}


def need(**fields: object) -> ComputeNeed:
    return parse(ComputeNeed, fields)


def details(**fields: object) -> ComputeDetails:
    body = {"nature": "machine", "sector": "public", "status": "operational"}
    return parse(ComputeDetails, body | fields)


def hours(count: float, model: str | None = "H100") -> Workload:
    return Workload(Between(count, count), model)


def access(unit: str, **more: object) -> AccessMode:
    return parse(AccessMode, mode("mode", unit, **more))


def test_h100_hours_count_four_times_in_gencis_unit() -> None:
    found = quantity("normalised_gpu_hour", hours(30_000), None, GPUS, None)
    assert found == Quantity("normalised_gpu_hour", Between(120_000, 120_000), estimated=False)


@pytest.mark.parametrize(("model", "gpu"), [("MI250X", None), (None, None), ("H100", "GH200")])
def test_a_model_without_a_published_factor_is_unknown_in_gencis_unit(
    model: str | None, gpu: str | None
) -> None:
    machine = Gpu(model=gpu) if gpu else None
    found = quantity("normalised_gpu_hour", hours(10, model), machine, GPUS, None)
    assert isinstance(found, Unknown)


def test_node_hours_divide_by_the_gpus_of_a_node() -> None:
    gpu = Gpu(model="H100-SXM", per_node=4)
    assert quantity("node_hour", hours(400), gpu, GPUS, None) == Quantity(
        "node_hour", Between(100, 100), estimated=False
    )
    assert isinstance(quantity("node_hour", hours(400), Gpu(model="H100-SXM"), GPUS, None), Unknown)


def test_hours_on_another_gpu_are_a_range_around_the_published_ratio() -> None:
    # The same training code on both: 2.2 to 2.5 times the tokens a second (llm-foundry).
    found = GPUS.converted(Between(1000, 1000), "H100", "A100-80")
    assert found is not None
    assert found.low < 2_190
    assert found.high > 2_530
    back = GPUS.converted(Between(1000, 1000), "A100-80", "H100")
    assert back is not None
    assert back.low < 1000 / 2.53
    assert back.high > 1000 / 2.19
    assert GPUS.converted(Between(1000, 1000), "H100", "H100-SXM") == Between(1000, 1000)


def test_hours_on_a_gpu_that_nobody_compared_are_unknown_and_not_as_measured() -> None:
    assert GPUS.converted(Between(1000, 1000), "H100", "MI430X") is None
    assert GPUS.converted(Between(1000, 1000), "MI430X", "mi 430x") == Between(1000, 1000)
    for unit in ("gpu_hour", "node_hour", "normalised_gpu_hour", "eur"):
        machine = Gpu(model="MI430X", per_node=4)
        assert isinstance(quantity(unit, hours(10), machine, GPUS, Between(1, 1)), Unknown)


def test_every_row_of_the_gpu_table_has_its_source_and_a_name_of_its_own() -> None:
    names = [name for row in GPUS.rows for name in (row.model, *row.aliases)]
    assert len(names) == len(set(names))
    assert all(GPUS.find(row.model) is row and row.source for row in GPUS.rows)


def test_an_estimate_is_six_n_d_over_the_share_that_its_class_reaches() -> None:
    found = workload_of(need(task="full_finetune", parameters_b=8, tokens_b=100), GPUS)
    assert found is not None
    assert found.estimated
    row = GPUS.utilisation.row("full_finetune", mixture=False, family="hopper")
    at_peak = 6 * 8e9 * 100e9 / (989e12 * 3600)
    assert found.hours.low == pytest.approx(at_peak / row.high)
    assert found.hours.high == pytest.approx(at_peak / row.low)


def test_without_parameters_and_tokens_nothing_is_estimated() -> None:
    assert workload_of(need(task="full_finetune", parameters_b=8), GPUS) is None
    assert workload_of(need(task="simulation", parameters_b=8, tokens_b=1), GPUS) is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"task": "full_finetune"}, Between(112, 126)),
        ({"task": "inference"}, Between(14, 14)),
        ({"task": "inference", "precision": "fp8"}, Between(7, 7)),
        ({"task": "inference", "precision": "int4"}, Between(3.5, 5.6)),
        ({"task": "dpo"}, Between(126, 140)),
        ({"task": "simulation"}, None),
        ({}, None),
    ],
)
def test_memory_of_seven_billion_parameters(fields: dict, expected: Between | None) -> None:
    found = memory_of(need(parameters_b=7, **fields))
    total = found.total if found else None
    shown = total and (total.low, total.high)
    assert shown == (expected and pytest.approx((expected.low, expected.high)))


def truths(machine: ComputeDetails, wanted: ComputeNeed) -> dict[str, Truth]:
    return {check.code: check.truth for check in hardware.checks(machine, wanted, GPUS)}


def test_an_mi250x_shows_64_gb_to_a_job() -> None:
    gpu = {"model": "MI250X", "stack": "rocm", "memory_gb": 128, "devices_per_gpu": 2, "count": 4}
    found = truths(details(gpu=gpu), need(gpu_memory_gb_min=80, stack="cuda"))
    assert found == {"gpu_memory": Truth.FALSE, "stack": Truth.FALSE}


def test_unknown_hardware_is_a_doubt_and_not_a_refusal() -> None:
    wanted = need(gpu_memory_gb_min=80, stack="cuda", cpu_architecture=["x86_64"], gpus_min=8)
    assert set(truths(details(), wanted).values()) == {Truth.UNKNOWN}


def test_an_arm_machine_is_refused_where_only_x86_is_accepted() -> None:
    machine = details(cpu_architecture="aarch64")
    assert truths(machine, need(cpu_architecture=["x86_64"])) == {"cpu_architecture": Truth.FALSE}


def test_a_full_fine_tune_is_sharded_over_the_gpus_of_a_job() -> None:
    gpu = {"model": "L4", "vendor": "nvidia", "memory_gb": 24, "per_node": 1}
    cloud = details(nature="cloud", gpu=gpu)
    assert truths(cloud, need(task="full_finetune", parameters_b=7))["model_memory"] is Truth.FALSE
    assert truths(cloud, need(task="qlora", parameters_b=7))["model_memory"] is Truth.TRUE


def test_credits_that_exclude_the_measured_gpu_do_not_help() -> None:
    credit = details(nature="credits", credits_exclude=["H100-SXM"])
    assert truths(credit, need(gpu_model="H100")) == {"credits": Truth.FALSE}


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (10_000, 50_000, Truth.TRUE),
        (9_999, 9_999, Truth.FALSE),
        (50_001, 60_000, Truth.FALSE),
        (40_000, 60_000, Truth.UNKNOWN),
        (5_000, 20_000, Truth.UNKNOWN),
    ],
)
def test_a_quota_holds_fails_or_is_open_for_a_range(low: int, high: int, expected: Truth) -> None:
    asked = Quantity("gpu_hour", Between(low, high), estimated=False)
    check = quotas.check(access("gpu_hour", minimum=10_000, maximum=50_000), asked)
    assert check is not None
    assert check.truth is expected


def test_unknown_hours_leave_the_quota_unknown_and_are_asked_for() -> None:
    check = quotas.check(access("gpu_hour", maximum=5000), NO_HOURS)
    assert check is not None
    assert (check.truth, check.blocking, check.attribute) == (Truth.UNKNOWN, True, "gpu_hours")


def test_credits_below_the_cost_cover_a_part_and_refuse_nothing() -> None:
    asked = Quantity("eur", Between(90_000, 90_000), estimated=False)
    check = quotas.check(access("eur", maximum=10_000), asked, pays_a_part=True)
    assert check is not None
    assert not check.blocking


def test_an_unpublished_ceiling_is_to_be_confirmed() -> None:
    asked = Quantity("gpu_hour", Between(1, 1), estimated=False)
    check = quotas.check(access("gpu_hour"), asked)
    assert check is not None
    assert (check.truth, check.blocking) == (Truth.UNKNOWN, False)
    assert quotas.check(access("gpu_hour", unbounded=True), asked) is None


def test_an_unknown_price_is_not_zero_and_free_is_stated() -> None:
    span = Usage(Between(10, 10))
    assert cost_of(Pricing(), None, span, TODAY).low is None
    assert cost_of(Pricing(basis="free"), None, span, TODAY).low == 0
    conditional = parse(Pricing, {"basis": "conditional", "note": both("gratuit si PME")})
    assert cost_of(conditional, None, span, TODAY).low is None


def test_a_price_is_per_gpu_and_of_the_day() -> None:
    rows = [
        {"amount": "16", "period": "instance_hour", "gpus": 8, "valid_from": "2026-01-01"},
        {"amount": "24", "period": "instance_hour", "gpus": 8, "valid_from": "2026-10-01"},
        {"amount": "80", "period": "instance_hour", "gpus": 8, "valid_from": "2027-01-01"},
        {"amount": "1000", "period": "month"},
    ]
    pricing = parse(Pricing, {"basis": "priced", "rows": rows})
    cost = cost_of(pricing, None, Usage(Between(100, 200)), TODAY)
    assert (cost.low, cost.high, cost.currency) == (Decimal("300.00"), Decimal("600.00"), "EUR")


def test_prices_in_dollars_stay_in_dollars() -> None:
    row = {"amount": "3.85", "currency": "USD", "period": "gpu_hour"}
    pricing = parse(Pricing, {"basis": "priced", "rows": [row]})
    cost = cost_of(pricing, None, Usage(Between(10, 10)), TODAY)
    assert (cost.currency, cost.euros()) == ("USD", None)


def test_a_price_that_begins_later_is_not_current() -> None:
    row = parse(PriceRow, {"amount": "1", "period": "gpu_hour", "valid_from": "2027-01-01"})
    assert current_rows([row], TODAY) == []


@pytest.mark.parametrize(
    ("preset", "facets", "expected"),
    [
        ("none", {}, Truth.TRUE),
        ("eu_hosted", {}, Truth.UNKNOWN),
        ("eu_hosted", {"data_locations": ["FR", "NO"]}, Truth.TRUE),
        ("eu_hosted", {"data_locations": ["FR", "US"]}, Truth.FALSE),
        ("eu_controlled", PUBLIC, Truth.TRUE),
        ("eu_controlled", PUBLIC | {"non_eu_law_exposure": "unknown"}, Truth.UNKNOWN),
        ("eu_controlled", PUBLIC | {"ultimate_owner": "US"}, Truth.FALSE),
        ("sovereign_strict", {}, Truth.UNKNOWN),
        ("sovereign_strict", PUBLIC, Truth.TRUE),
        ("sovereign_strict", PUBLIC | {"operator_type": "private"}, Truth.UNKNOWN),
        ("sovereign_strict", {"certifications": [SECNUM]}, Truth.TRUE),
        ("sovereign_strict", {"certifications": [SECNUM | {"covers_gpu": None}]}, Truth.UNKNOWN),
        ("sovereign_strict", {"certifications": [SECNUM | {"valid_to": None}]}, Truth.UNKNOWN),
        ("sovereign_strict", {"seal_level": 3}, Truth.TRUE),
    ],
)
def test_unknown_never_passes_a_preset(preset: Preset, facets: dict, expected: Truth) -> None:
    assert meets(preset, parse(SovereigntyFacets, facets), TODAY) is expected


def test_an_expired_certificate_counts_for_nothing() -> None:
    facets = {
        "operator_type": "private",
        "seal_level": 1,
        "certifications": [SECNUM | {"valid_to": "2026-01-01"}],
    }
    assert meets("sovereign_strict", parse(SovereigntyFacets, facets), TODAY) is Truth.FALSE


def test_data_location_and_use_are_checked() -> None:
    machine = details(sovereignty={"data_locations": ["DE"], "permitted_use": "civil"})
    wanted = need(data_locations=["FR"], permitted_use="defence")
    found = {check.code: check.truth for check in safeguards.checks(machine, wanted, TODAY)}
    assert found == {"data_locations": Truth.FALSE, "permitted_use": Truth.FALSE}


def test_europe_as_a_location_leaves_a_doubt_for_france() -> None:
    machine = details(sovereignty={"data_locations": ["EU"]})
    found = list(safeguards.checks(machine, need(data_locations=["FR"]), TODAY))
    assert [check.truth for check in found] == [Truth.UNKNOWN]
