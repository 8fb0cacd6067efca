"""How many GPU hours a job takes: as measured, else as estimated with the formula that gives it."""

from dataclasses import dataclass, field, replace
from math import sqrt
from typing import Any

from aiff_contracts.offer import Text
from aiff_matching.compute.domain.estimating import (
    Job,
    hours,
    hours_formula,
    job_of,
    reached,
)
from aiff_matching.compute.domain.formulas import Formula, Term, product
from aiff_matching.compute.domain.gpus import REFERENCE_MODEL, GpuRow, GpuTable, Naming, naming_of
from aiff_matching.compute.domain.utilisation import Utilisation
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between, between

INPUTS = ("task", "parameters_b", "tokens_b")
_RESERVE = text(
    "Prévoyez 20 à 30 % de plus pour les essais manqués et l'évaluation (usage général).",
    "Plan 20 to 30 % more for failed runs and evaluation (general practice).",
)
_NO_QUEUE = text(
    "L'attente dans la file de la machine n'est pas comptée.",
    "Waiting in the machine's queue is not counted.",
)
_ALL_ACTIVE = text(
    "Les paramètres actifs (active_parameters_b) ne sont pas donnés : tous comptent. Un mélange "
    "d'experts n'en fait travailler qu'une partie et prend d'autant moins d'heures.",
    "The active parameters (active_parameters_b) are not given: all count. A mixture of experts "
    "has a part of them work, and takes so many fewer hours.",
)
_LENGTHS = text(
    "Des séquences de 1 024 jetons au plus, sans regroupement, prennent jusqu'à trois fois plus : "
    "donnez la longueur des séquences (context_tokens).",
    "Sequences of up to 1,024 tokens, not packed, take up to three times as much: give "
    "the length of a sequence (context_tokens).",
)
_FULL_LOAD = text(
    "À pleine charge : un seul flux à la fois est bien plus lent.",
    "At full load: one stream at a time is much slower.",
)
_FROZEN = frozenset(("full_finetune", "lora", "qlora", "dpo"))
# Regulation (EU) 2024/1689, article 51(2).
_SYSTEMIC_RISK_OPERATIONS = 1e25
_SYSTEMIC_RISK = text(
    "Au-delà de 10^25 opérations, le règlement sur l'IA (article 51) présume un risque systémique.",
    "Above 10^25 operations, the AI Act (article 51) presumes systemic risk.",
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The hours on another model, None where it is not compared, and what they rest on."""

    hours: Between | None
    rests_on: Utilisation | None


@dataclass(frozen=True, slots=True)
class Workload:
    """GPU hours on a model; `job` None tells a measurement from an estimate.

    `naming` is what the given name of that model says, None where none was given; `rests_on`
    the class of published runs that the estimate comes from. `elsewhere` and `quantities` remember
    the hours on other models, of which many offers have the same, and why some are not known.
    """

    hours: Between
    model: str | None
    job: Job | None = None
    formula: Formula | None = None
    naming: Naming | None = None
    rests_on: Utilisation | None = None
    elsewhere: dict[str | None, Elsewhere] = field(default_factory=dict, compare=False)
    quantities: dict[str | None, Any] = field(default_factory=dict, compare=False)

    @property
    def estimated(self) -> bool:
        """Tell whether the hours come from a formula."""
        return self.job is not None

    @property
    def middle(self) -> float:
        """Return the middle of the range: half of the published runs took more."""
        return sqrt(self.hours.low * self.hours.high)


def workload_of(need: ComputeNeed, gpus: GpuTable) -> Workload | None:
    """Return the work as measured, else as estimated from parameters and tokens, else None."""
    naming = naming_of(need.gpu_model, gpus) if need.gpu_model else None
    if need.gpu_hours is not None:
        return Workload(between(need.gpu_hours), need.gpu_model, naming=naming)
    reference, job = naming.row if naming else gpus.find(REFERENCE_MODEL), job_of(need)
    if job is None or reference is None:
        return None
    formula = replace(hours_formula(job, reference, gpus), notes=_notes(need, job))
    found = reached(job, reference, gpus)
    return Workload(formula.result, reference.model, job, formula, naming, found)


def missing(need: ComputeNeed) -> tuple[str, ...]:
    """Return the answers without which the hours cannot be told."""
    if need.gpu_hours is not None:
        return ()
    known = {"parameters_b"} if need.active_parameters_b else set()
    return tuple(name for name in INPUTS if name not in known and not getattr(need, name))


def hours_of(work: Workload, model: str | None, gpus: GpuTable) -> Between | None:
    """Return the hours on another model, None where the two are not compared."""
    return on_model(work, model, gpus).hours


def on_model(work: Workload, model: str | None, gpus: GpuTable) -> Elsewhere:
    """Return the hours on another model and what they rest on.

    An estimate is made anew for that model; a measurement is converted.
    """
    known = work.elsewhere.get(model)
    if known is None:
        known = work.elsewhere[model] = _on_model(work, model, gpus)
    return known


def _on_model(work: Workload, model: str | None, gpus: GpuTable) -> Elsewhere:
    row = gpus.find(model)
    if work.job is None or row is None:
        return Elsewhere(gpus.converted(work.hours, work.model, model), work.rests_on)
    if row.model == work.model:
        return Elsewhere(work.hours, work.rests_on)
    return Elsewhere(hours(work.job, row, gpus), reached(work.job, row, gpus))


def conversion(work: Workload, model: str | None, gpus: GpuTable) -> Formula | None:
    """Return how the hours become those of another model, None where they stay as they are."""
    source, target = gpus.find(work.model), gpus.find(model)
    if source is None or target is None or source is target:
        return None
    if work.job is not None:
        return hours_formula(work.job, target, gpus)
    label = text(f"heures sur {source.model}", f"hours on {source.model}")
    given = Term("h", label, work.hours, "gpu_hour", text("ci-dessus", "above"))
    return product((given, *_speed(source, "1"), *_speed(target, "2", divides=True)), "gpu_hour")


def _notes(need: ComputeNeed, job: Job) -> tuple[Text, ...]:
    notes = [_FULL_LOAD] if job.task == "inference" else [_RESERVE]
    notes.append(_NO_QUEUE)
    if need.active_parameters_b is None:
        notes.append(_ALL_ACTIVE)
    if job.task in _FROZEN and need.context_tokens is None:
        notes.append(_LENGTHS)
    if job.task != "inference" and job.operations.high >= _SYSTEMIC_RISK_OPERATIONS:
        notes.append(_SYSTEMIC_RISK)
    return tuple(notes)


def _speed(gpu: GpuRow, index: str, *, divides: bool = False) -> tuple[Term, Term]:
    """Return peak and utilisation: the middle of the range for the model measured on."""
    peak = Between(gpu.tflops_bf16, gpu.tflops_bf16)
    used = Between(gpu.utilisation(), gpu.utilisation())
    if index == "2":
        used = Between(gpu.utilisation_low, gpu.utilisation_high)
    source = text(gpu.source, gpu.source)
    label = text(f"crête bf16 dense de {gpu.model}", f"dense bf16 peak of {gpu.model}")
    share = text(f"part atteinte sur {gpu.model}", f"share reached on {gpu.model}")
    return (
        Term(f"P{index}", label, peak, "TFLOPS", source, divides),
        Term(f"u{index}", share, used, "", source, divides),
    )
