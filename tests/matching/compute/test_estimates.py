"""Hours and memory of a job: ranges with the formula that gives them."""

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.codec import Faults, parse
from aiff_contracts.offer import Gpu
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.estimating import hours, hours_formula, job_of
from aiff_matching.compute.domain.formulas import Formula
from aiff_matching.compute.domain.hardware import least_gpus
from aiff_matching.compute.domain.memory import devices_needed, memory_of, per_device
from aiff_matching.compute.domain.workloads import (
    conversion,
    hours_of,
    missing,
    workload_of,
)
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.shared.intervals import Between

GPUS = packaged_gpu_table()
TASKS = (
    "pretraining",
    "continued_pretraining",
    "full_finetune",
    "lora",
    "qlora",
    "dpo",
    "inference",
)
PRECISIONS = (None, "fp32", "bf16", "fp16", "fp8", "fp4", "int8", "int4")
_sizes = st.floats(0.1, 2000)
_jobs = st.fixed_dictionaries(
    {
        "task": st.sampled_from(TASKS),
        "parameters_b": _sizes,
        "tokens_b": _sizes,
        "precision": st.sampled_from(PRECISIONS),
        "gpu_model": st.sampled_from([None, *(row.model for row in GPUS.rows)]),
        "context_tokens": st.none() | st.integers(1, 200_000),
        "batch_size": st.none() | st.integers(1, 512),
    }
)


def need(**fields: object) -> ComputeNeed:
    return parse(ComputeNeed, fields)


def worked_out(formula: Formula) -> tuple[float, float]:
    """Do the sum again from the terms alone, as a reader of the page would."""
    above = [term.range for term in formula.terms if not term.divides]
    below = [term.range for term in formula.terms if term.divides]
    low = prod(s.low for s in above) / prod(s.high for s in below)
    return low, prod(s.high for s in above) / prod(s.low for s in below)


@given(_jobs)
def test_ranges_are_in_order_and_follow_from_the_printed_terms(job: dict) -> None:
    work, memory = workload_of(need(**job), GPUS), memory_of(need(**job))
    assert work is not None
    assert work.formula is not None
    assert memory is not None
    assert 0 < work.hours.low <= work.hours.high
    assert worked_out(work.formula) == pytest.approx((work.hours.low, work.hours.high))
    sums = [sum(ends) for ends in zip(*map(worked_out, memory.parts), strict=True)]
    assert sums == pytest.approx([memory.total.low, memory.total.high])
    for term in work.formula.terms:
        assert term.source.fr
        assert term.source.en
        assert term.range.low <= term.range.high


@given(_jobs, st.floats(1, 100))
def test_more_tokens_never_take_fewer_hours(job: dict, factor: float) -> None:
    less = workload_of(need(**job), GPUS)
    more = workload_of(need(**job | {"tokens_b": job["tokens_b"] * factor}), GPUS)
    assert less is not None
    assert more is not None
    assert more.hours.low >= less.hours.low
    assert more.hours.high >= less.hours.high


@given(_jobs, st.floats(1, 40))
def test_a_larger_model_never_takes_fewer_hours(job: dict, factor: float) -> None:
    small = workload_of(need(**job), GPUS)
    large = workload_of(need(**job | {"parameters_b": job["parameters_b"] * factor}), GPUS)
    assert small is not None
    assert large is not None
    assert large.hours.low >= small.hours.low * (1 - 1e-9)
    assert large.hours.high >= small.hours.high * (1 - 1e-9)


@given(_jobs, st.floats(0.01, 1))
def test_fewer_active_parameters_take_fewer_hours_and_the_same_weights(
    job: dict, share: float
) -> None:
    # A mixture reaches another share of the peak, so the classes are compared with themselves.
    first = need(**job, active_parameters_b=job["parameters_b"] * 0.999)
    second = need(**job, active_parameters_b=job["parameters_b"] * 0.999 * share)
    all_, some = workload_of(first, GPUS), workload_of(second, GPUS)
    assert all_ is not None
    assert some is not None
    assert some.hours.low <= all_.hours.low * (1 + 1e-9)
    weights = [memory_of(one) for one in (first, second)]
    assert weights[0] is not None
    assert weights[1] is not None
    assert weights[0].weights.result == weights[1].weights.result


@given(_jobs, st.sampled_from([row.model for row in GPUS.rows]))
def test_the_middle_lies_in_the_range_and_the_class_is_named(job: dict, model: str) -> None:
    work = workload_of(need(**job | {"gpu_model": model}), GPUS)
    assert work is not None
    assert work.hours.low <= work.middle <= work.hours.high
    assert work.rests_on is not None
    assert GPUS.utilisation.version in work.rests_on.sentence.fr


@given(_jobs, st.sampled_from([row.model for row in GPUS.rows]))
def test_hours_of_a_job_are_those_of_its_formula(job: dict, model: str) -> None:
    asked, row = job_of(need(**job)), GPUS.find(model)
    assert asked is not None
    assert row is not None
    result, short_way = hours_formula(asked, row, GPUS).result, hours(asked, row, GPUS)
    assert (short_way.low, short_way.high) == pytest.approx((result.low, result.high))


@given(_jobs, st.floats(1, 40))
def test_a_larger_model_never_takes_less_memory_or_fewer_devices(job: dict, factor: float) -> None:
    small = memory_of(need(**job))
    large = memory_of(need(**job | {"parameters_b": job["parameters_b"] * factor}))
    assert small is not None
    assert large is not None
    assert large.total.low >= small.total.low
    assert devices_needed(large.total, 80) >= devices_needed(small.total, 80)


@given(_jobs, st.sampled_from([row.model for row in GPUS.rows]))
def test_hours_on_another_gpu_follow_from_the_printed_terms(job: dict, model: str) -> None:
    work = workload_of(need(**job), GPUS)
    assert work is not None
    shown = conversion(work, model, GPUS)
    found = hours_of(work, model, GPUS)
    assert found is not None
    expected = work.hours if shown is None else Between(*worked_out(shown))
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


@given(st.floats(1, 1e6), st.sampled_from([row.model for row in GPUS.rows]))
def test_measured_hours_on_another_gpu_follow_from_the_printed_terms(
    measured: float, model: str
) -> None:
    work = workload_of(need(gpu_hours=measured, gpu_model="A100"), GPUS)
    assert work is not None
    shown, found = conversion(work, model, GPUS), hours_of(work, model, GPUS)
    assert found is not None
    expected = work.hours if shown is None else Between(*worked_out(shown))
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_frozen_weights_take_less_work_inference_a_third_and_a_reference_model_more() -> None:
    job = {"parameters_b": 7, "tokens_b": 1}
    tasks = ("inference", "lora", "qlora", "full_finetune", "dpo")
    found = {task: workload_of(need(task=task, **job), GPUS) for task in tasks}
    middles = {task: work.middle for task, work in found.items() if work}
    assert middles["inference"] < middles["lora"] < middles["full_finetune"]
    assert middles["qlora"] < middles["full_finetune"]
    assert middles["dpo"] == pytest.approx(middles["full_finetune"] * 8 / 6)


def test_short_sequences_take_more_and_an_unknown_length_is_said() -> None:
    job = {"task": "lora", "parameters_b": 7, "tokens_b": 1, "gpu_model": "A100"}
    short, long = (workload_of(need(**job, context_tokens=tokens), GPUS) for tokens in (512, 4096))
    assert short is not None
    assert long is not None
    assert short.hours.high > 2 * long.hours.high
    unknown = workload_of(need(**job), GPUS)
    assert unknown is not None
    assert unknown.formula is not None
    assert any("context_tokens" in note.en for note in unknown.formula.notes)


@pytest.mark.parametrize("model", ["MI300X", "B200", "L40S", "TPU v4"])
def test_a_gpu_without_published_runs_has_wider_ends_and_says_so(model: str) -> None:
    job = {"task": "pretraining", "parameters_b": 7, "tokens_b": 1000}
    known, other = (workload_of(need(**job, gpu_model=one), GPUS) for one in ("H100", model))
    assert known is not None
    assert other is not None
    assert other.hours.high / other.hours.low > known.hours.high / known.hours.low
    assert other.rests_on is not None
    assert "wider" in other.rests_on.sentence.en


def test_parameters_that_all_work_are_said_to_be_assumed() -> None:
    job = {"task": "pretraining", "parameters_b": 671, "tokens_b": 14_800}

    def notes(**more: float) -> str:
        work = workload_of(need(**job, **more), GPUS)
        assert work is not None
        assert work.formula is not None
        return " ".join(note.en for note in work.formula.notes)

    assert "(active_parameters_b) are not given" in notes()
    assert "(active_parameters_b) are not given" not in notes(active_parameters_b=37)
    assert workload_of(need(task="pretraining", active_parameters_b=37, tokens_b=1), GPUS)


def test_more_active_parameters_than_there_are_are_refused() -> None:
    with pytest.raises(Faults, match="active_parameters_b is above parameters_b"):
        need(parameters_b=37, active_parameters_b=671)


def test_a_cache_of_seven_billion_parameters_is_about_half_a_megabyte_a_token() -> None:
    job = {"task": "inference", "parameters_b": 7, "precision": "bf16"}
    memory = memory_of(need(**job, context_tokens=4096, batch_size=1))
    assert memory is not None
    assert memory.cache is not None
    cache = memory.cache.result
    # Llama 2 7B keeps 2 x 32 x 4096 x 2 bytes for each token.
    assert cache.low < 2 * 32 * 4096 * 2 * 4096 / 1e9 < cache.high
    assert memory.total.low > 14


def test_without_context_and_batch_the_cache_is_said_to_be_left_out() -> None:
    memory = memory_of(need(task="inference", parameters_b=7, context_tokens=4096))
    assert memory is not None
    assert memory.cache is None
    assert any("batch_size" in note.en for note in memory.weights.notes)


def test_least_gpus_count_cards_and_not_their_devices() -> None:
    gpu = {"model": "MI250X", "vendor": "amd", "memory_gb": 128, "devices_per_gpu": 2}
    job = need(task="full_finetune", parameters_b=7)
    assert least_gpus(parse(Gpu, gpu), job) == 1
    assert least_gpus(parse(Gpu, {"model": "H100", "vendor": "nvidia", "memory_gb": 80}), job) == 2
    assert least_gpus(parse(Gpu, {"model": "MI430X", "vendor": "amd"}), job) is None


def test_memory_of_a_device_is_its_share() -> None:
    assert per_device(Between(112, 126), 2) == Between(56, 63)


def test_what_is_missing_is_named_and_64_bits_are_not_guessed() -> None:
    assert missing(need()) == ("task", "parameters_b", "tokens_b")
    assert missing(need(gpu_hours=10)) == ()
    double = need(task="pretraining", parameters_b=1, tokens_b=1, precision="fp64")
    assert workload_of(double, GPUS) is None


def test_a_named_gpu_that_the_table_lacks_gives_no_estimate() -> None:
    job = {"task": "pretraining", "parameters_b": 1, "tokens_b": 1}
    assert workload_of(need(**job, gpu_model="MI430X"), GPUS) is None


def test_the_largest_models_are_told_of_the_ai_act() -> None:
    def notes(tokens: float) -> str:
        work = workload_of(need(task="pretraining", parameters_b=400, tokens_b=tokens), GPUS)
        assert work is not None
        assert work.formula is not None
        return " ".join(note.en for note in work.formula.notes)

    told = ["AI Act" in notes(tokens) for tokens in (4_000, 5_000)]
    assert told == [False, True]
