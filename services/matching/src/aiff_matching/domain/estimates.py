"""How many GPU hours and how much memory a job takes, as ranges.

Hours: 6 N D floating-point operations for N parameters and D tokens (Kaplan et al. 2020,
Hoffmann et al. 2022), divided by peak times utilisation; the range x0.7 to x2 covers what
public runs reported around the formula. Memory: usual bytes per parameter of each kind of job
(Adam in mixed precision 16 to 18; LoRA 2 plus adapters; QLoRA 0.6 to 0.7; inference by
precision), without activations and cache.
"""

from dataclasses import dataclass
from math import ceil

from aiff_matching.domain.answers import Between, between
from aiff_matching.domain.gpus import REFERENCE_MODEL, GpuTable
from aiff_matching.domain.need import ComputeNeed

_FLOP_PER_PARAMETER_AND_TOKEN = 6
_SPREAD = (0.7, 2.0)
_SECONDS = 3600
_TRAINS = frozenset(("pretraining", "full_finetune", "lora", "qlora"))
_BYTES_FULL = Between(16, 18)
_BYTES_BY_TASK = {"lora": Between(2, 2.6), "qlora": Between(0.6, 0.7)}
_BYTES_BY_PRECISION = {"fp64": 8.0, "fp32": 4.0, "fp8": 1.0, "int8": 1.0, "int4": 0.5}
_BYTES_HALF_PRECISION = 2.0
# Runtime, fragmentation and buffers leave about nine tenths of a device to the model.
_USABLE = 0.9


@dataclass(frozen=True, slots=True)
class Workload:
    """GPU hours on a model; `estimated` tells a formula from a measurement."""

    hours: Between
    model: str | None
    estimated: bool


def workload_of(need: ComputeNeed, gpus: GpuTable) -> Workload | None:
    """Return the work as measured, else as estimated from parameters and tokens, else None."""
    if need.gpu_hours is not None:
        return Workload(between(need.gpu_hours), need.gpu_model, estimated=False)
    reference = gpus.find(need.gpu_model) or gpus.find(REFERENCE_MODEL)
    known = need.parameters_b and need.tokens_b and need.task in _TRAINS
    if not known or reference is None:
        return None
    operations = _FLOP_PER_PARAMETER_AND_TOKEN * need.parameters_b * need.tokens_b * 1e18  # type: ignore[operator]
    speed = reference.tflops_bf16 * 1e12 * reference.utilisation()
    hours = operations / speed / _SECONDS
    return Workload(Between(hours, hours).scaled(*_SPREAD), reference.model, estimated=True)


def memory_gb(need: ComputeNeed) -> Between | None:
    """Return the memory of the model over all GPUs in GB, None where it cannot be told."""
    if not need.parameters_b or need.task in {None, "simulation", "other"}:
        return None
    if need.task in {"pretraining", "full_finetune"}:
        return _BYTES_FULL.scaled(need.parameters_b)
    if need.task == "inference":
        size = _BYTES_BY_PRECISION.get(need.precision or "", _BYTES_HALF_PRECISION)
        return Between(need.parameters_b * size, need.parameters_b * size)
    per_parameter = _BYTES_BY_TASK[str(need.task)]
    return per_parameter.scaled(need.parameters_b)


def devices_needed(memory: Between, device_gb: float) -> int:
    """Return how many devices hold the model when it is sharded over them."""
    return max(1, ceil(memory.low / (device_gb * _USABLE)))
