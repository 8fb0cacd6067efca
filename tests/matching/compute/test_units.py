"""Units: a quota never compares two of them, and money and hours never mix."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.documents import NOW, mode
from tests.matching.real_catalogue import real_catalogue

from aiff_contracts.codec import parse
from aiff_contracts.offer import AccessMode, AccessUnit, Gpu
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain import quotas
from aiff_matching.compute.domain.units import Quantity, Unknown, quantity
from aiff_matching.compute.domain.workloads import Workload
from aiff_matching.plans.domain.plan import PlanAsked, plan
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.intervals import Between

GPUS = packaged_gpu_table()
UNITS: tuple[AccessUnit, ...] = get_args(AccessUnit)
MODELS = ("V100", "A100-80", "H100-SXM", "MI250X", "MI300A", "L40S")
_AMOUNTS = st.floats(0.1, 1e7)
_RANGES = st.tuples(_AMOUNTS, _AMOUNTS).map(lambda pair: Between(min(pair), max(pair)))
_LIMITS = st.integers(1, 10_000_000)


def bounded(unit: AccessUnit, maximum: int) -> AccessMode:
    return parse(AccessMode, mode("acces", unit, maximum=maximum))


@given(st.sampled_from(UNITS), st.sampled_from(UNITS), _RANGES, _LIMITS)
def test_a_quota_is_compared_with_amounts_in_its_own_unit_alone(
    own: AccessUnit, other: AccessUnit, span: Between, maximum: int
) -> None:
    asked = Quantity(other, span, estimated=False)
    if own != other:
        with pytest.raises(ValueError, match="is not compared"):
            quotas.check(bounded(own, maximum), asked)
        return
    truth = quotas.check(bounded(own, maximum), asked).truth
    assert (truth is Truth.TRUE) == (span.high <= maximum)
    assert (truth is Truth.FALSE) == (span.low > maximum)


@given(
    st.sampled_from(UNITS), _RANGES, st.sampled_from(MODELS), st.sampled_from(MODELS),
    st.one_of(st.none(), _RANGES),
)  # fmt: skip
def test_an_amount_is_in_the_unit_that_was_asked_for_or_unknown(
    unit: AccessUnit, hours: Between, measured: str, offered: str, cost: Between | None
) -> None:
    work = Workload(hours, measured)
    found = quantity(unit, work, parse(Gpu, {"model": offered, "per_node": 4}), GPUS, cost)
    assert isinstance(found, Unknown) or found.unit == unit


@given(_RANGES, st.floats(1.5, 100), _RANGES)
def test_money_follows_the_cost_alone_and_hours_never_the_cost(
    hours: Between, factor: float, cost: Between
) -> None:
    gpu = parse(Gpu, {"model": "H100-SXM", "per_node": 4})
    some = Workload(hours, "H100-SXM")
    more = Workload(hours.scaled(factor), "H100-SXM")
    assert quantity("eur", some, gpu, GPUS, cost).range == cost
    assert quantity("eur", more, gpu, GPUS, cost).range == cost
    for unit in ("gpu_hour", "normalised_gpu_hour", "node_hour"):
        dear = quantity(unit, some, gpu, GPUS, cost.scaled(10))
        assert (
            dear == quantity(unit, some, gpu, GPUS, cost) == quantity(unit, some, gpu, GPUS, None)
        )


@settings(max_examples=25)
@given(st.floats(1, 1e6), st.sampled_from(MODELS), st.sampled_from(["startup", "lab"]))
def test_every_option_of_the_catalogue_has_its_amount_in_its_programme_s_unit(
    hours: float, model: str, kind: str
) -> None:
    need = parse(Need, {"compute": {"gpu_hours": hours, "gpu_model": model}})
    asked = PlanAsked(parse(Profile, {"organisation_type": kind, "country": "FR"}), need)
    for entry in plan(asked, real_catalogue(), GPUS, NOW).entries:
        option = entry.planned.explained.option
        if option.mode is not None and isinstance(option.amount, Quantity):
            assert option.amount.unit == option.mode.unit
