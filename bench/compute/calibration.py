"""The utilisation table, fitted on one half of the families of published trainings.

`python -m bench.compute.calibration` prints the table and its page; `--write` stores the table in
the package and the page as `docs/estimates.md`. A test holds the three together.

The method, on purpose as small as 28 runs allow. ln(share reached) is a level, plus an effect of
the GPU family, of tokens per parameter on Hopper, of continued pretraining and of mixtures of
experts. Each effect is shrunk towards what is known without the runs: no effect, and for the GPU
family the ratio that the same code reached on both (llm-foundry). A family of runs weighs as the
root of their number; an outlier pulls no more than a run at the edge (Huber). Published
utilisations are weaker observations, brought to allocated time first. The width is what the runs
of a family left out need, and at most three.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log, sqrt
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.compute.facts import (
    FAMILIES,
    finetuning_facts,
    gpu_family,
    halves,
    inference_facts,
    judged,
    share_of_run,
    share_of_serving,
    share_of_step,
    share_of_stream,
    stream_facts,
)
from bench.compute.page import page

TABLE = Path(__file__).parents[2] / (
    "services/matching/src/aiff_matching/compute/data/utilisation.json"
)
PAGE = Path(__file__).parents[2] / "docs/estimates.md"
VERSION = "2026-11-30"
_WHY_NOT = {"at_least": "a least", "at_most": "a most", "assumed": "assumed"}
AT, LEAST, MOST = 100.0, 10.0, 3000.0
WIDEST = 3.0
WIDER = 1.2
SHORT = 1024
# Prior weights in runs: four for the ratio of the GPU families, one for every other effect.
_PRIOR_WEIGHTS = (0.0, 4.0, 1.0, 1.0, 1.0)
_WEIGHT_OF_MFU = 0.5
_HUBER = 0.4
_LN_WIDEST = log(WIDEST)


@dataclass(frozen=True)
class Fact:
    """One observation: the share of the dense bf16 peak that the work reached."""

    name: str
    model: str
    gpu: str
    share: float
    mixture: bool = False
    continued: bool = False
    tokens_per_parameter: float = AT

    @property
    def effects(self) -> list[float]:
        """Return the row of the regression."""
        hopper = float(self.gpu == "hopper")
        ratio = min(max(self.tokens_per_parameter, LEAST), MOST)
        return [1.0, hopper, hopper * log(ratio / AT), float(self.continued), float(self.mixture)]


def fitted_runs(*, shown: bool = False) -> list[Fact]:
    """Return the runs of the half that is fitted on, or of the other."""
    file = judged("training_runs.yaml")
    half = halves(file["families"])[shown]
    return [fact_of(run) for run in file["runs"] if run["fit"] and run["family"] in half]


def fact_of(run: dict[str, Any]) -> Fact:
    """Return a run as an observation."""
    return Fact(
        name=run["id"],
        model=run["family"],
        gpu=gpu_family(run["gpu"]) or "other",
        share=share_of_run(run),
        mixture=run["active_parameters_b"] < run["parameters_b"],
        continued=run["task"] == "continued_pretraining",
        tokens_per_parameter=run["tokens_b"] / run["active_parameters_b"],
    )


def share_of_time() -> float:
    """Return how much of a published utilisation is left over the hours that were allocated."""
    file = judged("training_runs.yaml")
    half = halves(file["families"])[0]
    both = [
        share_of_run(run) / run["mfu"]
        for run in file["runs"]
        if run["family"] in half and run.get("mfu") and run["fit"]
    ]
    return float(median(both))


def published_shares() -> list[Fact]:
    """Return the published utilisations of the half that is fitted on, over allocated time."""
    every = judged("training_runs.yaml")["published_mfu"]
    half, time = halves(one["model"] for one in every)[0], share_of_time()
    return [
        Fact(one["model"], one["model"], family, one["mfu"] * time, mixture=one["mixture"])
        for one in every
        if one["model"] in half
        and (family := gpu_family(one["gpu"]))
        and not one["model"].startswith("Llama 3.1 405B")  # It is one of the runs.
    ]


def hopper_prior() -> float:
    """Return ln of what one code reaches on Hopper over what it reaches on Ampere."""
    rows = [
        one
        for one in judged("compute_facts.yaml")["throughput"]
        if one["task"] == "pretraining"
        and one["model"].startswith("MPT")
        and one["sequence"] == 2048
    ]
    shares: dict[str, dict[str, list[float]]] = {}
    for one in rows:
        family = gpu_family(one["gpu"]) or "other"
        shares.setdefault(one["model"], {}).setdefault(family, []).append(share_of_step(one))
    pairs = [one for one in shares.values() if {"ampere", "hopper"} <= one.keys()]
    return median(log(median(one["hopper"]) / median(one["ampere"])) for one in pairs)


def regression(runs: Sequence[Fact], weak: Sequence[Fact], prior: float) -> np.ndarray:
    """Return the effects by weighted least squares, shrunk to the prior, robust to outliers."""
    facts = [*runs, *weak]
    design = np.array([fact.effects for fact in facts])
    seen = np.log([fact.share for fact in facts])
    size = Counter(fact.model for fact in runs)
    weights = np.array([1 / sqrt(size[fact.model]) for fact in runs] + [_WEIGHT_OF_MFU] * len(weak))
    shrink, known = np.diag(_PRIOR_WEIGHTS), np.array([0.0, prior, 0.0, 0.0, 0.0])
    used = weights
    for _ in range(50):
        squares = design.T @ (design * used[:, None]) + shrink
        found = np.linalg.solve(squares, design.T @ (used * seen) + shrink @ known)
        away = np.abs(seen - design @ found)
        used = weights * np.minimum(1, _HUBER / np.maximum(away, 1e-9))
    return found


def residuals(facts: Sequence[Fact], found: np.ndarray) -> list[float]:
    """Return ln of the share seen over the share that the effects say."""
    return [log(fact.share) - float(np.dot(fact.effects, found)) for fact in facts]


@dataclass(frozen=True)
class Fit:
    """The effects, where the window of a class lies around them, and how wide it is (ln)."""

    effects: np.ndarray
    centre: float
    width: float

    def ends(self, fact: Fact) -> tuple[float, float, float]:
        """Return the low, middle and high share of a class."""
        middle = float(np.dot(fact.effects, self.effects)) + self.centre
        return exp(middle - self.width / 2), exp(middle), exp(middle + self.width / 2)


@cache
def fit() -> Fit:
    """Return the fit on the first half of the families."""
    runs, weak, prior = fitted_runs(), published_shares(), hopper_prior()
    found = regression(runs, weak, prior)
    away: list[float] = []
    for family in sorted({fact.model for fact in runs}):
        kept = [fact for fact in runs if fact.model != family]
        left = [fact for fact in runs if fact.model == family]
        away += residuals(left, regression(kept, weak, prior))
    width = min(max(away) - min(away), _LN_WIDEST)
    return Fit(found, median(residuals(runs, found)), width)


def table() -> dict[str, Any]:
    """Return the table that ships with the package."""
    found = fit()
    rows = [*_training_rows(found), *_finetuning_rows(found), *_inference_rows()]
    return {
        "version": VERSION,
        "families": [
            {
                "name": name,
                **one,
                "slope": round(-float(found.effects[2]), 3) if name == "hopper" else 0.0,
            }
            for name, one in FAMILIES.items()
        ],
        "overtraining": {"at": AT, "least": LEAST, "most": MOST},
        "short": {"most_tokens": SHORT, "factor": round(short_factor(), 2)},
        "wider": WIDER,
        "streams": list(_streams()),
        "rows": rows,
    }


def _training_rows(found: Fit) -> Iterable[dict[str, Any]]:
    runs = [*fitted_runs(), *published_shares()]
    for work, mixture in (
        ("pretraining", False),
        ("pretraining", True),
        ("continued_pretraining", False),
        ("continued_pretraining", True),
    ):
        for family in FAMILIES:
            one = Fact(work, "", family, 1.0, mixture, work != "pretraining")
            same = [
                run
                for run in runs
                if (run.gpu, run.mixture, run.continued) == (family, mixture, one.continued)
            ]
            models = {run.model for run in same}
            yield _row(work, found.ends(one), family, len(same), len(models), mixture=mixture)


def _finetuning_rows(found: Fit) -> Iterable[dict[str, Any]]:
    """Yield the classes of fine-tuning: benchmarks of steps, brought half way to allocated time.

    A kind's level is shrunk by four facts towards that of all; Hopper follows Ampere by the
    effect of the runs.
    """
    long = [one for one in finetuning_facts() if one["sequence"] > SHORT]
    every = median(log(share_of_step(one)) for one in long)
    away = log(share_of_time()) / 2
    for work in ("full_finetune", "lora", "qlora"):
        own = [one for one in long if one["task"] == work]
        level = sum(log(share_of_step(one)) for one in own) + 4 * every
        for family in FAMILIES:
            hopper = float(found.effects[1]) if family == "hopper" else 0.0
            middle = level / (len(own) + 4) + hopper + away
            ends = tuple(exp(middle + side * _LN_WIDEST / 2) for side in (-1, 0, 1))
            models = {one["model"] for one in own}
            facts = (len(own), len(models)) if family == "ampere" else (0, 0)
            yield _row(work, ends, family, *facts)


def short_factor() -> float:
    """Return the median share that short sequences reach of what long ones of a model do."""
    shares: dict[tuple[str, str], dict[bool, list[float]]] = {}
    for one in finetuning_facts():
        place = shares.setdefault((one["model"], one["task"]), {})
        place.setdefault(one["sequence"] <= SHORT, []).append(share_of_step(one))
    return median(
        median(one[True]) / median(one[False]) for one in shares.values() if len(one) == 2
    )


def _inference_rows() -> Iterable[dict[str, Any]]:
    """Yield what serving reaches at full load, by kind of model: mixtures reach much less."""
    for mixture in (False, True):
        own = [
            one
            for one in inference_facts()
            if (one["active_parameters_b"] < one["parameters_b"]) is mixture
        ]
        shares = [log(share_of_serving(one)) for one in own]
        middle = (min(shares) + max(shares)) / 2
        half = max(max(shares) - min(shares), _LN_WIDEST) / 2
        ends = tuple(exp(middle + side * half) for side in (-1, 0, 1))
        models = {one["model"] for one in own}
        for family in FAMILIES:
            yield _row("inference", ends, family, len(own), len(models), mixture=mixture)


def _streams() -> Iterable[dict[str, Any]]:
    """Yield the share of bandwidth that one stream reaches, for plain and for packed weights."""
    for quantised in (False, True):
        own = [one for one in stream_facts() if (one["precision"] == "int4") is quantised]
        shares = [log(share_of_stream(one)) for one in own]
        middle = (min(shares) + max(shares)) / 2
        half = max(max(shares) - min(shares), _LN_WIDEST) / 2
        yield {
            "quantised": quantised,
            "low": round(exp(middle - half), 3),
            "high": round(exp(middle + half), 3),
            "facts": len(own),
        }


def _row(
    work: str,
    ends: Sequence[float],
    family: str,
    runs: int,
    models: int,
    *,
    mixture: bool = False,
) -> dict[str, Any]:
    low, middle, high = (round(end, 3) for end in ends)
    return {
        "work": work, "mixture": mixture, "family": family,
        "low": low, "middle": middle, "high": high, "runs": runs, "models": models,
    }  # fmt: skip


def written() -> dict[Path, str]:
    """Return what the data make: the packaged table and the page."""
    made = table()
    return {
        TABLE: json.dumps(made, indent=1) + "\n",
        PAGE: page(made, _runs_of_page(), _published_of_page(), share_of_time()),
    }


def _runs_of_page() -> Iterable[dict[str, Any]]:
    file = judged("training_runs.yaml")
    fitted = halves(file["families"])[0]
    for run in file["runs"]:
        half = "fitted" if run["family"] in fitted else "shown"
        if not run["fit"]:
            half = _WHY_NOT.get(run["hours"], "figures not sure")
        yield run | {"share": share_of_run(run), "half": half}


def _published_of_page() -> Iterable[dict[str, Any]]:
    every = judged("training_runs.yaml")["published_mfu"]
    used = {fact.name for fact in published_shares()}
    for one in every:
        yield one | {"half": "fitted" if one["model"] in used else "shown"}


if __name__ == "__main__":
    for path, content in written().items():
        if "--write" in sys.argv:
            path.write_text(content)
        print(content)
