"""GPU hours from parameters and tokens, as a range with the formula that gives it.

k N D floating-point operations for N parameters that work on a token and D tokens, divided by
the share of the GPU's peak that such work reaches. k is 6 for training (Kaplan et al. 2020,
section 2.1: 2 forward, 4 backward), 2 for inference, 4 to 6 where the base weights are frozen
(no gradient of their own; recomputed activations bring it back to 6), 8 for direct preference
optimisation (Rafailov et al. 2023: a reference model runs forward beside the trained one). The
shares are the utilisation table, fitted on published runs.
"""

from dataclasses import dataclass
from functools import lru_cache

from aiff_contracts.gpu_names import parse_gpu
from aiff_matching.compute.domain.formulas import Formula, Term, product
from aiff_matching.compute.domain.gpus import GpuRow, GpuTable
from aiff_matching.compute.domain.utilisation import (
    REFERENCE_FAMILY,
    Utilisation,
    UtilisationTable,
    Work,
)
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

_OPERATIONS = {
    "pretraining": Between(6, 6),
    "continued_pretraining": Between(6, 6),
    "full_finetune": Between(6, 6),
    "lora": Between(4, 4),
    "qlora": Between(4, 4),
    "dpo": Between(8, 8),
    "inference": Between(2, 2),
}
_WORK: dict[str, Work] = {
    "pretraining": "pretraining",
    "continued_pretraining": "continued_pretraining",
    "full_finetune": "full_finetune",
    "lora": "lora",
    "qlora": "qlora",
    "dpo": "full_finetune",
    "inference": "inference",
}
_FROM_SCRATCH = frozenset(("pretraining", "continued_pretraining"))
_FROZEN = frozenset(("lora", "qlora"))
# How many times the bf16 hours a precision takes; 64 bits vary too much between models to tell.
# fp8 in training: 0.69 to 0.86 on the same code and GPU (OpenEuroLLM on GH200, torchtitan on H100).
_PRECISIONS = {
    "fp32": Between(2, 16),
    "fp8": Between(0.65, 1),
    "fp4": Between(0.5, 1),
    "int8": Between(0.5, 1),
    "int4": Between(0.5, 1),
}
_SERVED = {
    "fp32": Between(2, 16),
    "fp8": Between(0.5, 0.5),
    "fp4": Between(0.25, 0.5),
    "int8": Between(0.5, 0.5),
    # Four-bit weights are brought back to sixteen bits before they are multiplied.
    "int4": Between(1, 1),
}
_AS_BF16 = frozenset((None, "bf16", "fp16"))
# GPUs whose tensor cores know no eight-bit floats: the speed there is that of bf16.
_WITHOUT_FP8 = frozenset(
    ("V100", "V100S", "T4", "A2", "A10", "A10G", "A16", "A30", "A40", "A100", "A800", "MI210")
) | frozenset(("RTX-3090", "RTX-A4000", "RTX-A5000", "RTX-A6000", "MI250", "MI250X"))
_BILLION = 1e9
_GIVEN = text("votre réponse", "your answer")
_UNITS = text("définition", "definition")
_SHEETS = text(
    "fiches techniques NVIDIA et AMD (débits par format)",
    "NVIDIA and AMD data sheets (throughput by format)",
)

_HOUR = Term(
    "3600 x 10^12",
    text("secondes par heure, opérations par TFLOP", "seconds an hour, operations in a TFLOP"),
    Between(3.6e15, 3.6e15),
    "s/h",
    _UNITS,
    divides=True,
)


@dataclass(frozen=True, slots=True)
class Job:
    """What of a need decides its hours on any GPU; parameters and tokens are counts."""

    task: str
    work: Work
    parameters: float
    tokens: float
    mixture: bool
    precision: str | None
    short: bool
    operations: Between


@lru_cache(maxsize=256)
def job_of(need: ComputeNeed) -> Job | None:
    """Return the job, None where an answer is missing or its precision is not compared."""
    count, tokens = need.working_parameters_b, need.tokens_b
    if need.task not in _WORK or not count or not tokens:
        return None
    if need.precision not in _AS_BF16 | _PRECISIONS.keys():
        return None
    k, amount = _OPERATIONS[need.task], count * _BILLION * tokens * _BILLION
    return Job(
        task=need.task,
        work=_WORK[need.task],
        parameters=count * _BILLION,
        tokens=tokens * _BILLION,
        mixture=bool(need.parameters_b and need.parameters_b > count),
        precision=need.precision,
        short=need.context_tokens is not None and need.context_tokens <= _short(need),
        operations=k.scaled(amount),
    )


def _short(need: ComputeNeed) -> int:
    """Return the length up to which sequences are short: only fine-tuning works on such."""
    return 0 if need.task in _FROM_SCRATCH or need.task == "inference" else _SHORT_TOKENS


_SHORT_TOKENS = 1024


def reached(job: Job, gpu: GpuRow, gpus: GpuTable) -> Utilisation:
    """Return the share of the peak that a job reaches on a GPU.

    The rows of the anchor's family hold; another GPU reaches as much more or less as the GPU
    table says. Where no run on its kind is published, both ends are wider.
    """
    table = gpus.utilisation
    family = table.family_of(gpu.model)
    known = family or table.named(REFERENCE_FAMILY)
    row = table.row(job.work, mixture=_row_of_mixture(job), family=known.name)
    anchor = gpus.find(known.anchor)
    relative = gpu.utilisation() / anchor.utilisation() if anchor else 1.0
    wider = 1.0 if family else table.wider
    least = table.short.factor if job.short else 1.0
    share = Between(
        min(row.low * relative / wider * least, 1.0), min(row.high * relative * wider, 1.0)
    )
    return Utilisation(share, row, family, table.version)


def _row_of_mixture(job: Job) -> bool:
    return job.mixture and job.work in {"pretraining", "continued_pretraining", "inference"}


def hours(job: Job, gpu: GpuRow, gpus: GpuTable) -> Between:
    """Return the hours of a job on a GPU; `hours_formula` shows the same sum term by term."""
    share, cost = reached(job, gpu, gpus).share, _precision(job, gpu)
    work = _overtraining(job, gpu, gpus.utilisation) / (gpu.tflops_bf16 * 1e12 * 3600)
    return Between(
        job.operations.low * cost.low * work / share.high,
        job.operations.high * cost.high * work / share.low,
    )


@lru_cache(maxsize=512)
def hours_formula(job: Job, gpu: GpuRow, gpus: GpuTable) -> Formula:
    """Return the hours of a job on a GPU as a formula with the source of each term."""
    terms = (*_work(job), *_overtrained(job, gpu, gpus.utilisation), _precision_term(job, gpu))
    peak = Term(
        "P",
        text(f"crête bf16 dense de {gpu.model}", f"dense bf16 peak of {gpu.model}"),
        Between(gpu.tflops_bf16, gpu.tflops_bf16),
        "TFLOPS",
        text(gpu.source, gpu.source),
        divides=True,
    )
    return product((*terms, peak, _share_term(job, gpu, gpus), _HOUR), "gpu_hour")


def _work(job: Job) -> tuple[Term, ...]:
    source = text(
        "Kaplan et al. 2020, section 2.1 ; poids gelés : pas de gradient pour eux ; DPO : le "
        "modèle de référence passe aussi (Rafailov et al. 2023)",
        "Kaplan et al. 2020, section 2.1; frozen weights have no gradient of their own; DPO: the "
        "reference model runs forward too (Rafailov et al. 2023)",
    )
    label = text("opérations par paramètre et par jeton", "operations per parameter and token")
    parameters = text("paramètres actifs sur un jeton", "parameters that work on a token")
    return (
        Term("k", label, _OPERATIONS[job.task], "flop", source),
        Term("N", parameters, Between(job.parameters, job.parameters), "parameters", _GIVEN),
        Term("D", text("jetons", "tokens"), Between(job.tokens, job.tokens), "tokens", _GIVEN),
    )


def _overtraining(job: Job, gpu: GpuRow, table: UtilisationTable) -> float:
    if job.task not in _FROM_SCRATCH:
        return 1.0
    family = table.family_of(gpu.model) or table.named(REFERENCE_FAMILY)
    return table.overtraining.factor(job.tokens, job.parameters, family.slope)


def _overtrained(job: Job, gpu: GpuRow, table: UtilisationTable) -> tuple[Term, ...]:
    factor = _overtraining(job, gpu, table)
    if factor == 1.0:
        return ()
    label = text(
        f"effet des jetons par paramètre (1 à {table.overtraining.at:g})",
        f"effect of tokens per parameter (1 at {table.overtraining.at:g})",
    )
    source = text(
        f"ajusté sur les entraînements publiés, table {table.version}",
        f"fitted on published trainings, table {table.version}",
    )
    return (Term("r", label, Between(factor, factor), "", source),)


def _share_term(job: Job, gpu: GpuRow, gpus: GpuTable) -> Term:
    found = reached(job, gpu, gpus)
    label = text(
        f"part de la crête atteinte sur {gpu.model}", f"share of the peak reached on {gpu.model}"
    )
    return Term("u", label, found.share, "", found.sentence, divides=True)


def _precision(job: Job, gpu: GpuRow) -> Between:
    """Return how many times the hours of bf16 the precision takes on a GPU."""
    if job.precision in _AS_BF16 or (job.task in _FROZEN and job.precision in {"int4", "int8"}):
        return Between(1, 1)
    parsed = parse_gpu(gpu.model)
    if job.precision in {"fp8", "fp4"} and parsed and parsed.model in _WITHOUT_FP8:
        return Between(1, 1)
    costs = _SERVED if job.task == "inference" else _PRECISIONS
    return costs[str(job.precision)]


def _precision_term(job: Job, gpu: GpuRow) -> Term:
    name = job.precision or "bf16"
    label = text(f"précision {name}, bf16 = 1", f"precision {name}, bf16 = 1")
    if job.precision is None:
        label = text("précision non donnée : bf16 = 1", "precision not given: bf16 = 1")
    return Term("c", label, _precision(job, gpu), "", _SHEETS)
