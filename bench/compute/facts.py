"""The published facts beside which the compute estimates are put, and the shares that they show."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from aiff_contracts.gpu_names import found_gpu, parse_gpu
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.adapters.utilisation_table import packaged_bandwidths

JUDGED = Path(__file__).parents[1] / "judged"
FAMILIES: dict[str, dict[str, Any]] = {
    "ampere": {"anchor": "A100-80", "models": ["A100", "A800"]},
    "hopper": {"anchor": "H100-SXM", "models": ["H100", "H800", "H200", "GH200", "H20"]},
}
_OPERATIONS = {"full_finetune": 6.0, "lora": 4.0, "qlora": 4.0, "pretraining": 6.0}
_PRECISION = {"bf16": 1.0, "fp16": 1.0, "fp8": 2.0, "fp4": 4.0, "int4": 1.0}
_BYTES = {"bf16": 2.0, "fp16": 2.0, "int4": 0.5}


@cache
def judged(name: str) -> Any:
    """Return a file of the facts."""
    return yaml.safe_load((JUDGED / name).read_text())


def halves(names: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Split names in their order: the first, third ... are fitted on, the others shown."""
    ordered = sorted(set(names))
    return frozenset(ordered[::2]), frozenset(ordered[1::2])


def gpu_family(gpu: str) -> str | None:
    """Return the family of a GPU, None where runs on it say nothing of a family."""
    parsed = parse_gpu(gpu)
    names = (name for name, one in FAMILIES.items() if parsed and parsed.model in one["models"])
    return next(names, None)


def peak(gpu: str) -> float:
    """Return the dense bf16 peak in TFLOPS."""
    row = packaged_gpu_table().find(gpu)
    if row is None:
        message = f"the GPU table has no row for {gpu}"
        raise ValueError(message)
    return row.tflops_bf16


def share_of_run(run: dict[str, Any]) -> float:
    """Return the share that 6 N D over the hours shows."""
    work = 6 * run["active_parameters_b"] * run["tokens_b"] * 1e18
    return float(work / (run["gpu_hours"] * 3600 * peak(run["gpu"]) * 1e12))


def share_of_step(one: dict[str, Any]) -> float:
    """Return the share that a benchmark's tokens per second show."""
    work = _OPERATIONS[one["task"]] * one["parameters_b"] * 1e9 * one["tokens_s"]
    return float(work / (peak(one["gpu"]) * 1e12))


def finetuning_facts(*, shown: bool = False) -> list[dict[str, Any]]:
    """Return the steps of fine-tuning on Ampere of the half that is fitted on, or of the other."""
    rows = [
        one for one in judged("compute_facts.yaml")["throughput"] if one["task"] != "pretraining"
    ]
    half = halves(one["model"] for one in rows)[shown]
    return [
        one
        for one in rows
        if one["model"] in half and not one.get("suspect") and gpu_family(one["gpu"]) == "ampere"
    ]


def inference_facts(*, shown: bool = False) -> list[dict[str, Any]]:
    """Return the serving benchmarks at full load of one half of the models."""
    rows = [one for one in judged("compute_facts.yaml")["inference"] if one["load"] == "full"]
    half = halves(one["model"] for one in rows)[shown]
    return [one for one in rows if one["model"] in half]


def share_of_serving(one: dict[str, Any]) -> float:
    """Return the share of the peak of its precision: 2 N for each token read or written."""
    tokens = one["tokens_s"] * (one["input_tokens"] + one["output_tokens"]) / one["output_tokens"]
    work = 2 * one["active_parameters_b"] * 1e9 * tokens
    return float(work / (peak(one["gpu"]) * 1e12 * _PRECISION[one["precision"]]))


def share_of_stream(one: dict[str, Any]) -> float:
    """Return the share of the memory's throughput that one stream alone reaches."""
    size = one["parameters_b"] * _BYTES[one["precision"]]
    found = found_gpu(packaged_bandwidths(), one["gpu"])
    assert found is not None  # Facts are on GPUs with a published bandwidth.
    return float(one["tokens_s"] * size / (found * one["gpus"]))


def stream_facts(*, shown: bool = False) -> list[dict[str, Any]]:
    """Return the streams of one half of the models."""
    rows = [one for one in judged("compute_facts.yaml")["inference"] if one["load"] == "one"]
    half = halves(one["model"] for one in rows)[shown]
    return [one for one in rows if one["model"] in half]
