"""What the compute estimates are worth: published facts beside the ranges of the product.

The table of utilisation is fitted on one half of the families (`bench/compute/calibration.py`); the
other half is shown here and nowhere else looked at. The real value over the middle of the range
is told by run and, so that a family of many models weighs once, by family.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import median
from typing import Any

from aiff_contracts.codec import parse
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.memory import USABLE, memory_of
from aiff_matching.compute.domain.serving import serving_of
from aiff_matching.compute.domain.workloads import workload_of
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.shared.intervals import Between
from bench.compute.facts import (
    finetuning_facts,
    halves,
    inference_facts,
    judged,
    stream_facts,
)

Row = tuple[str, str, str]
_GPUS = packaged_gpu_table()


@dataclass(frozen=True)
class Judged:
    """A fact beside the range that the product gives."""

    name: str
    family: str
    real: float
    span: Between

    @property
    def inside(self) -> bool:
        """Tell whether the fact lies in the range, both ends included."""
        return self.span.low <= self.real <= self.span.high

    @property
    def ratio(self) -> float:
        """Return the real value over the middle of the range."""
        return self.real / sqrt(self.span.low * self.span.high)


@dataclass(frozen=True)
class Figures:
    """Of a set of facts: the share inside, the median width, the real value over the middle."""

    facts: int
    coverage: float
    width: float
    ratio: float
    ratio_by_family: float

    @classmethod
    def of(cls, facts: Iterable[Judged]) -> "Figures":
        """Return the figures of some facts."""
        every = list(facts)
        families = {fact.family for fact in every}
        by_family = [
            median(fact.ratio for fact in every if fact.family == one) for one in sorted(families)
        ]
        return cls(
            facts=len(every),
            coverage=sum(fact.inside for fact in every) / len(every),
            width=median(fact.span.high / fact.span.low for fact in every),
            ratio=median(fact.ratio for fact in every),
            ratio_by_family=median(by_family),
        )


def need_of_run(run: dict[str, Any]) -> ComputeNeed:
    """Return the question whose answer the run's hours are."""
    same = ("task", "parameters_b", "active_parameters_b", "tokens_b", "precision")
    return parse(ComputeNeed, {name: run[name] for name in same} | {"gpu_model": run["gpu"]})


@cache
def runs(*, shown: bool) -> tuple[Judged, ...]:
    """Return the trainings of one half whose figures are good enough to be fitted on."""
    file = judged("training_runs.yaml")
    half = halves(file["families"])[shown]
    kept = [run for run in file["runs"] if run["fit"] and run["family"] in half]
    return tuple(
        Judged(run["id"], run["family"], run["gpu_hours"], _hours(need_of_run(run))) for run in kept
    )


def bounded_runs() -> list[tuple[str, bool]]:
    """Return the trainings with a bound only, and whether the range agrees with it.

    A plan without interruptions is a least, a calendar period a most: nothing says where the
    hours are, so such a run is never counted as inside.
    """
    agrees: dict[str, Callable[[float, Between], bool]] = {
        "at_least": lambda real, span: span.high >= real,
        "at_most": lambda real, span: span.low <= real,
    }
    return [
        (run["id"], agrees[run["hours"]](run["gpu_hours"], _hours(need_of_run(run))))
        for run in judged("training_runs.yaml")["runs"]
        if run["hours"] in agrees
    ]


def steps(*, shown: bool) -> list[Judged]:
    """Return the hours of a billion tokens of fine-tuning, by step and not by whole run."""
    return [
        Judged(
            f"{one['model']} {one['task']} {one['sequence']}",
            one["model"],
            1e9 / one["tokens_s"] / 3600,
            _hours(_need(one, task=one["task"], tokens_b=1, context_tokens=one["sequence"])),
        )
        for one in finetuning_facts(shown=shown)
    ]


def serving(*, shown: bool) -> list[Judged]:
    """Return tokens read and written per second and GPU at full load."""
    facts = []
    for one in inference_facts(shown=shown):
        both = (one["input_tokens"] + one["output_tokens"]) / one["output_tokens"]
        found = _serving(one)
        facts.append(
            Judged(one["model"], one["model"], one["tokens_s"] * both, found.tokens_per_second)
        )
    return facts


def streams(*, shown: bool) -> list[Judged]:
    """Return tokens per second of one stream alone."""
    facts = []
    for one in stream_facts(shown=shown):
        stream = _serving(one).stream
        assert stream is not None
        facts.append(Judged(one["model"], one["model"], one["tokens_s"], stream))
    return facts


def memories() -> list[Judged]:
    """Return measured memory beside the estimate and what the runtime takes on top."""
    return [
        Judged(f"{one['task']} {one['parameters_b']}", one["source"], one["measured"], _room(one))
        for one in judged("compute_facts.yaml")["memory"]
        if "measured" in one
    ]


def rooms() -> list[tuple[str, bool]]:
    """Return the rooms into which a job is known to fit, and whether the estimate says so."""
    return [
        (f"{one['task']} {one['parameters_b']} in {one['fits']} GB", _room(one).low <= one["fits"])
        for one in judged("compute_facts.yaml")["memory"]
        if "fits" in one
    ]


def _room(one: dict[str, Any]) -> Between:
    found = memory_of(
        _need(one, task=one["task"], context_tokens=one.get("context"), batch_size=one.get("batch"))
    )
    assert found is not None
    return Between(found.total.low, found.total.high / USABLE)


def _need(one: dict[str, Any], **more: object) -> ComputeNeed:
    same = ("parameters_b", "active_parameters_b", "precision")
    given = {name: one[name] for name in same if name in one} | more
    if "gpu" in one:
        given["gpu_model"] = one["gpu"]
    return parse(ComputeNeed, {name: value for name, value in given.items() if value is not None})


def _serving(one: dict[str, Any]) -> Any:
    gpu = _GPUS.find(one["gpu"])
    assert gpu is not None
    return serving_of(_need(one, task="inference"), gpu, one["gpu"], one["gpus"], _GPUS)


def _hours(need: ComputeNeed) -> Between:
    work = workload_of(need, _GPUS)
    assert work is not None
    return work.hours


def rows() -> list[Row]:
    """Return the figures beside their goals."""
    return [
        *_hours_rows("fitted half", runs(shown=False)),
        *_hours_rows("shown half", runs(shown=True)),
        *_hours_rows("all", (*runs(shown=False), *runs(shown=True))),
        _agreeing("trainings with a bound only that agree with it", bounded_runs()),
        *(_compared("fine-tuning steps", half, steps(shown=shown)) for half, shown in _HALVES),
        *(_compared("serving at full load", half, serving(shown=shown)) for half, shown in _HALVES),
        *(_compared("one stream alone", half, streams(shown=shown)) for half, shown in _HALVES),
        _compared("memory", "nothing fitted", memories()),
        _agreeing("rooms into which a job fits, as published", rooms()),
    ]


_HALVES = (("fitted half", False), ("shown half", True))


def _hours_rows(half: str, facts: Iterable[Judged]) -> Iterable[Row]:
    found = Figures.of(facts)
    name = f"GPU hours of {found.facts} published trainings, {half}"
    yield f"{name}: inside the range", f"{found.coverage:.2f}", ">= 0.90"
    yield f"{name}: median width", f"{found.width:.2f}", "<= 3"
    both = f"{found.ratio:.2f} ({found.ratio_by_family:.2f})"
    yield f"{name}: real over middle (by family)", both, "0.9 to 1.1"


def _compared(what: str, half: str, facts: Iterable[Judged]) -> Row:
    found = Figures.of(facts)
    said = f"{found.coverage:.2f}, {found.width:.1f}, {found.ratio:.2f}"
    return f"{what}, {found.facts} facts, {half}: inside, width, ratio", said, "-"


def _agreeing(what: str, facts: Iterable[tuple[str, bool]]) -> Row:
    every = list(facts)
    return what, f"{sum(agrees for _, agrees in every)} of {len(every)}", "-"
