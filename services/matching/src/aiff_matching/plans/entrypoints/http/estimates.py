"""What a plan says a job takes, as the OpenAPI document shows it: hours, memory, serving."""

from dataclasses import dataclass

from aiff_contracts.offer import Text
from aiff_matching.answers.entrypoints.http.schemas import RangeView


@dataclass(frozen=True, slots=True)
class TermView:
    """One quantity of a formula, its unit and where it comes from; `divides` puts it below."""

    symbol: str
    label: Text
    value: RangeView
    unit: str
    source: Text
    divides: bool


@dataclass(frozen=True, slots=True)
class FormulaView:
    """A formula that can be worked out again: the product of the terms gives the result."""

    expression: str
    terms: tuple[TermView, ...]
    result: RangeView
    unit: str
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class WallClockView:
    """How many days the hours take on a number of GPUs, day and night, without queueing."""

    gpus: int
    days: RangeView


@dataclass(frozen=True, slots=True)
class GpuNameView:
    """What the given `gpu_model` says. Null is what the name leaves open, never a guess.

    `row` is the model of the GPU table that is meant; null where none is: `nearest` then lists
    the known names that are the closest, and `sentence` says what to mend. `part` is a slice of
    a GPU (MIG, vGPU), which is not compared with whole ones.
    """

    asked: str
    row: str | None
    maker: str | None
    model: str | None
    form: str | None
    memory_gb: float | None
    count: int | None
    part: str | None
    nearest: tuple[str, ...]
    sentence: Text | None


@dataclass(frozen=True, slots=True)
class RestsOnView:
    """The class of published runs behind an estimate; `gpu_family` null: none is on this GPU.

    `runs` facts of `models` models are in it; where there are none the value is drawn from the
    other classes. See docs/estimates.md.
    """

    work: str
    mixture: bool
    gpu_family: str | None
    runs: int
    models: int
    table_version: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class ServingView:
    """What one GPU serves at full load, in tokens read and written, and what a load takes.

    `stream_tokens_per_second` is what one stream alone gets from `replica_gpus`, the fewest that
    hold the model; `gpus_for_load` serve the load asked for. Null is not known.
    """

    tokens_per_second_per_gpu: RangeView
    replica_gpus: int | None
    stream_tokens_per_second: RangeView | None
    load_tokens_per_second: float | None
    gpus_for_load: RangeView | None


@dataclass(frozen=True, slots=True)
class EstimateView:
    """The work: GPU hours on one model, measured or estimated by the formula shown.

    `gpu_hours_middle` is the middle of the range (the root of low times high): of the published
    runs as many took more as took less. `rests_on` says which class of published runs the range
    comes from, null for a measurement.
    """

    gpu_hours: RangeView
    gpu_hours_middle: float | None
    gpu_model: str | None
    estimated: bool
    rests_on: RestsOnView | None
    formula: FormulaView | None
    wall_clock: tuple[WallClockView, ...]


@dataclass(frozen=True, slots=True)
class MemoryView:
    """GPU memory of the model over all devices, in GB, with its formulas."""

    total_gb: RangeView
    weights: FormulaView
    cache: FormulaView | None
    activations: tuple[FormulaView, ...]
