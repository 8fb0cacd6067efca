"""Serving a model: tokens per second, GPUs for a load, cost of a million tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.codec import parse
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.gpus import GpuRow
from aiff_matching.compute.domain.serving import Serving, serving_of
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.shared.intervals import Between

GPUS = packaged_gpu_table()
LLAMA = {"task": "inference", "parameters_b": 70.55, "precision": "fp8"}


def row(model: str) -> GpuRow:
    found = GPUS.find(model)
    assert found is not None
    return found


def served(model: str = "H100-SXM", replica: int | None = 1, **fields: object) -> Serving:
    found = serving_of(parse(ComputeNeed, LLAMA | fields), row(model), model, replica, GPUS)
    assert found is not None
    return found


def test_only_inference_is_served() -> None:
    tuned = parse(ComputeNeed, {"task": "lora", "parameters_b": 7})
    assert serving_of(tuned, row("H100-SXM"), "H100-SXM", 1, GPUS) is None
    unknown = parse(ComputeNeed, {"task": "inference"})
    assert serving_of(unknown, row("H100-SXM"), "H100-SXM", 1, GPUS) is None


def test_a_load_takes_whole_replicas() -> None:
    found = served("A100-80", 2, requests_per_second=20, tokens_per_request=1_000)
    assert found.load == 20_000
    assert found.gpus is not None
    assert found.gpus.low % 2 == found.gpus.high % 2 == 0
    assert found.gpus.low * found.tokens_per_second.high >= 20_000
    assert found.gpus.high * found.tokens_per_second.low >= 20_000


def test_half_of_a_load_tells_no_gpus() -> None:
    found = served(requests_per_second=20)
    assert (found.load, found.gpus) == (None, None)


@given(st.floats(0.01, 1000), st.floats(1, 1000), st.integers(1, 16))
def test_a_larger_load_never_takes_fewer_gpus(load: float, factor: float, replica: int) -> None:
    small = served(replica=replica, requests_per_second=load, tokens_per_request=1_000)
    large = served(replica=replica, requests_per_second=load * factor, tokens_per_request=1_000)
    assert small.gpus is not None
    assert large.gpus is not None
    assert small.gpus.low <= large.gpus.low
    assert 0 < small.gpus.low <= small.gpus.high <= large.gpus.high


def test_a_million_tokens_cost_hours_times_price_and_an_unknown_price_stays_unknown() -> None:
    found = served()
    cost = found.cost_of_a_million(Between(2, 4))
    assert cost is not None
    hours = 1e6 / 3600 / found.tokens_per_second.high
    assert cost.low == pytest.approx(2 * hours)
    assert cost.low < cost.high
    assert found.cost_of_a_million(None) is None
    assert found.cost_of_a_million(Between(0, 0)) == Between(0, 0)


def test_one_stream_reads_the_active_weights_and_needs_a_known_bandwidth() -> None:
    dense = served(replica=8).stream
    mixture = served(replica=8, active_parameters_b=7.055).stream
    assert dense is not None
    assert mixture is not None
    assert mixture.low == pytest.approx(10 * dense.low)
    assert served("GH200").stream is None
    assert served(replica=None).stream is None


@pytest.mark.parametrize(("model", "faster"), [("A100-80", False), ("H100-SXM", True)])
def test_eight_bits_are_faster_only_where_the_gpu_knows_them(model: str, faster: bool) -> None:
    half, eight = served(model, precision="bf16"), served(model)
    assert (eight.tokens_per_second.low > half.tokens_per_second.low) is faster
