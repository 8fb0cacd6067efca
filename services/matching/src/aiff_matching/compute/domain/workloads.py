"""How many GPU hours a job takes, as a range with the formula that gives it.

k N D floating-point operations for N parameters and D tokens, divided by the useful throughput
of the GPU. k is 6 for training (Kaplan et al. 2020, section 2.1: 2 forward, 4 backward), 2 for
inference, and 4 to 6 where the base weights are frozen, which need no gradient of their own.
"""

from dataclasses import dataclass

from aiff_matching.compute.domain.formulas import Formula, Term, product
from aiff_matching.compute.domain.gpus import REFERENCE_MODEL, GpuRow, GpuTable
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between, between

INPUTS = ("task", "parameters_b", "tokens_b")
_OPERATIONS = {
    "pretraining": Between(6, 6),
    "full_finetune": Between(6, 6),
    "lora": Between(4, 6),
    "qlora": Between(4, 6),
    "inference": Between(2, 2),
}
_SPREAD_OF_TRAINING = Between(0.7, 2.0)
_SPREAD_OF_INFERENCE = Between(1.0, 8.0)
# How many times the bf16 hours a precision takes; 64 bits vary too much between models to tell.
_PRECISIONS = {
    "fp32": Between(2, 16),
    "fp8": Between(0.5, 1),
    "int8": Between(0.5, 1),
    "int4": Between(0.5, 1),
}
_AS_BF16 = frozenset((None, "bf16", "fp16"))
_BILLION = Between(1e9, 1e9)
_GIVEN = text("votre réponse", "your answer")
_UNITS = text("définition", "definition")
_RESERVE = text(
    "Prévoyez 20 à 30 % de plus pour les essais manqués et l'évaluation (usage général).",
    "Plan 20 to 30 % more for failed runs and evaluation (general practice).",
)
_NO_QUEUE = text(
    "L'attente dans la file de la machine n'est pas comptée.",
    "Waiting in the machine's queue is not counted.",
)
# Regulation (EU) 2024/1689, article 51(2).
_SYSTEMIC_RISK_OPERATIONS = 1e25
_SYSTEMIC_RISK = text(
    "Au-delà de 10^25 opérations, le règlement sur l'IA (article 51) présume un risque systémique.",
    "Above 10^25 operations, the AI Act (article 51) presumes systemic risk.",
)


@dataclass(frozen=True, slots=True)
class Workload:
    """GPU hours on a model; `estimated` tells a formula from a measurement."""

    hours: Between
    model: str | None
    estimated: bool
    formula: Formula | None = None


def workload_of(need: ComputeNeed, gpus: GpuTable) -> Workload | None:
    """Return the work as measured, else as estimated from parameters and tokens, else None."""
    if need.gpu_hours is not None:
        return Workload(between(need.gpu_hours), need.gpu_model, estimated=False)
    reference = gpus.find(need.gpu_model or REFERENCE_MODEL)
    known = need.parameters_b and need.tokens_b and need.task in _OPERATIONS
    if not known or reference is None or need.precision not in _AS_BF16 | _PRECISIONS.keys():
        return None
    formula = _hours(need, reference)
    return Workload(formula.result, reference.model, estimated=True, formula=formula)


def missing(need: ComputeNeed) -> tuple[str, ...]:
    """Return the answers without which the hours cannot be told."""
    if need.gpu_hours is not None:
        return ()
    return tuple(name for name in INPUTS if not getattr(need, name))


def conversion(work: Workload, model: str | None, gpus: GpuTable) -> Formula | None:
    """Return how the hours become those of another model, None where they stay as they are."""
    source, target = gpus.find(work.model), gpus.find(model)
    if source is None or target is None or source is target:
        return None
    label = text(f"heures sur {source.model}", f"hours on {source.model}")
    hours = Term("h", label, work.hours, "gpu_hour", text("ci-dessus", "above"))
    return product((hours, *_speed(source, "1"), *_speed(target, "2", divides=True)), "gpu_hour")


def _hours(need: ComputeNeed, gpu: GpuRow) -> Formula:
    inference = need.task == "inference"
    terms = (*_work(need), *_factors(need, inference=inference), *_speed(gpu, "", divides=True))
    seconds = Between(3.6e15, 3.6e15)
    label = text(
        "secondes par heure, opérations par TFLOP", "seconds an hour, operations in a TFLOP"
    )
    hour = Term("3600 x 10^12", label, seconds, "s/h", _UNITS, divides=True)
    notes = [_NO_QUEUE] if inference else [_RESERVE, _NO_QUEUE]
    if not inference and _operations(need).high >= _SYSTEMIC_RISK_OPERATIONS:
        notes.append(_SYSTEMIC_RISK)
    return product((*terms, hour), "gpu_hour", tuple(notes))


def _operations(need: ComputeNeed) -> Between:
    return product(tuple(_work(need)), "flop").result


def _work(need: ComputeNeed) -> tuple[Term, ...]:
    count, tokens = need.parameters_b or 0, need.tokens_b or 0
    source = text(
        "Kaplan et al. 2020, section 2.1 ; poids gelés : pas de gradient pour eux",
        "Kaplan et al. 2020, section 2.1; frozen weights have no gradient of their own",
    )
    label = text("opérations par paramètre et par jeton", "operations per parameter and token")
    parameters = text("paramètres", "parameters")
    return (
        Term("k", label, _OPERATIONS[str(need.task)], "flop", source),
        Term("N", parameters, _BILLION.scaled(count), "parameters", _GIVEN),
        Term("D", text("jetons", "tokens"), _BILLION.scaled(tokens), "tokens", _GIVEN),
    )


def _factors(need: ComputeNeed, *, inference: bool) -> tuple[Term, ...]:
    spread = _SPREAD_OF_INFERENCE if inference else _SPREAD_OF_TRAINING
    label = text("écart constaté autour de la formule", "spread seen around the formula")
    if inference:
        source = text(
            "connaissance générale : la lecture du contexte atteint le rendement de "
            "l'entraînement, la génération est limitée par la mémoire",
            "general knowledge: reading the context reaches the utilisation of training, "
            "generating is bound by memory",
        )
    else:
        source = text(
            "entraînements publiés, de 0,7 à 2 fois la formule (connaissance générale)",
            "published trainings, 0.7 to 2 times the formula (general knowledge)",
        )
    return (Term("s", label, spread, "", source), _precision(need))


def _precision(need: ComputeNeed) -> Term:
    name = need.precision or "bf16"
    label = text(f"précision {name}, bf16 = 1", f"precision {name}, bf16 = 1")
    if need.precision is None:
        label = text("précision non donnée : bf16 = 1", "precision not given: bf16 = 1")
    source = text(
        "fiches techniques NVIDIA et AMD (débits par format)",
        "NVIDIA and AMD data sheets (throughput by format)",
    )
    return Term("c", label, _PRECISIONS.get(name, Between(1, 1)), "", source)


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
