"""Hard filters: what a machine or a cloud must be for a job to run on it at all."""

from collections.abc import Iterator
from math import ceil

from aiff_contracts.offer import ComputeDetails, Gpu
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.compute.domain.memory import devices_needed, memory_of
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.verdicts import Check
from aiff_matching.shared.bilingual import number_en, number_fr, text
from aiff_matching.shared.intervals import Between

_STACKS = {"cuda": "CUDA", "rocm": "ROCm", "oneapi": "oneAPI"}
_BUILD = (
    " : images et paquets à reconstruire ; ajoutez-la à cpu_architecture quand c'est fait",
    ": images and packages are to be rebuilt; add it to cpu_architecture once that is done",
)


def checks(details: ComputeDetails, need: ComputeNeed, gpus: GpuTable) -> Iterator[Check]:
    """Yield the requirements of the job that concern hardware.

    An access route that names no GPU gives the choice of machine, so nothing is refused there.
    """
    if details.nature == "access_route" and details.gpu is None:
        return
    yield from _stack(details, need)
    yield from _architecture(details, need)
    yield from _device_memory(details, need)
    yield from _model_memory(details, need)
    yield from _job_size(details, need)
    yield from _excluded(details, need, gpus)


def device_memory(gpu: Gpu | None) -> float | None:
    """Return the memory in GB of one device as a job sees it, None where unknown.

    An NVIDIA card is one device; a card of another vendor may be several.
    """
    if gpu is None:
        return None
    if gpu.device_memory_gb is not None or gpu.memory_gb is None:
        return gpu.device_memory_gb
    if gpu.devices_per_gpu is not None:
        return gpu.memory_gb / gpu.devices_per_gpu
    return gpu.memory_gb if gpu.vendor == "nvidia" else None


def largest_job(details: ComputeDetails) -> int | None:
    """Return the most GPUs that one job is known to get, None where unknown."""
    if details.largest_job_gpus is not None:
        return details.largest_job_gpus
    if details.nature == "cloud":
        return details.gpu.per_node if details.gpu else None
    return details.gpu.count if details.gpu else None


def least_gpus(gpu: Gpu | None, need: ComputeNeed) -> int | None:
    """Return the fewest GPUs that hold the model, None where that cannot be told."""
    memory, each = memory_of(need), device_memory(gpu)
    if gpu is None or memory is None or each is None:
        return None
    return ceil(devices_needed(memory.total, each) / (gpu.devices_per_gpu or 1))


def _stack(details: ComputeDetails, need: ComputeNeed) -> Iterator[Check]:
    if need.stack in {None, "any"}:
        return
    offered = details.gpu.stack if details.gpu else None
    truth = Truth.UNKNOWN if offered is None else Truth(2 * (offered == need.stack))
    port_fr, port_en = _port(str(need.stack), offered) if truth is Truth.FALSE else ("", "")
    wanted, stack = str(need.stack).upper(), _STACKS.get(offered or "", "?")
    yield Check(
        "stack",
        truth,
        text(
            f"Pile logicielle {wanted} (cette machine : {stack}){port_fr}",
            f"{wanted} software stack (this machine: {stack}){port_en}",
        ),
        blocking=False,
    )


def _port(wanted: str, offered: str | None) -> tuple[str, str]:
    """Say what brings a job from one stack to another."""
    tools_fr, tools_en = "", ""
    if (wanted, offered) == ("cuda", "rocm"):
        tools_fr = ", PyTorch et JAX existent pour ROCm, vos noyaux CUDA sont à porter (HIP)"
        tools_en = ", PyTorch and JAX exist for ROCm, your own CUDA kernels need porting (HIP)"
    return (
        f" : portage nécessaire{tools_fr} ; mettez stack à any si le code est prêt",
        f": a port is needed{tools_en}; set stack to any once the code is ready",
    )


def _architecture(details: ComputeDetails, need: ComputeNeed) -> Iterator[Check]:
    if need.cpu_architecture is None:
        return
    offered = details.cpu_architecture
    truth = Truth.UNKNOWN if offered is None else Truth(2 * (offered in need.cpu_architecture))
    build_fr, build_en = _BUILD if truth is Truth.FALSE else ("", "")
    accepted = ", ".join(need.cpu_architecture)
    yield Check(
        "cpu_architecture",
        truth,
        text(
            f"Architecture de processeur {accepted} (cette machine : {offered or '?'}){build_fr}",
            f"CPU architecture {accepted} (this machine: {offered or '?'}){build_en}",
        ),
        blocking=False,
    )


def _device_memory(details: ComputeDetails, need: ComputeNeed) -> Iterator[Check]:
    if need.gpu_memory_gb_min is None:
        return
    offered = device_memory(details.gpu)
    known = offered is not None and offered >= need.gpu_memory_gb_min
    truth = Truth.UNKNOWN if offered is None else Truth(2 * known)
    wanted, memory = need.gpu_memory_gb_min, "?" if offered is None else f"{offered:g}"
    yield Check(
        "gpu_memory",
        truth,
        text(
            f"{wanted:g} Go par GPU au moins (vu par le travail : {memory} Go)",
            f"At least {wanted:g} GB per GPU (as a job sees it: {memory} GB)",
        ),
        blocking=False,
    )


def _model_memory(details: ComputeDetails, need: ComputeNeed) -> Iterator[Check]:
    memory, each = memory_of(need), device_memory(details.gpu)
    if memory is None:
        return
    total = memory.total
    if each is None:
        yield _fits(Truth.UNKNOWN, total, "mémoire des GPU non publiée", "GPU memory not published")
        return
    needed, largest = devices_needed(total, each), _devices(details)
    enough = largest is not None and needed <= largest
    truth = Truth.UNKNOWN if largest is None and needed > 1 else Truth(2 * (enough or needed == 1))
    french = f"soit {needed} x {number_fr(each)} Go sur cette machine"
    english = f"that is {needed} x {number_en(each)} GB on this machine"
    yield _fits(truth, total, french, english)


def _devices(details: ComputeDetails) -> int | None:
    largest = largest_job(details)
    per_gpu = details.gpu.devices_per_gpu if details.gpu else None
    return None if largest is None else largest * (per_gpu or 1)


def _fits(truth: Truth, total: Between, found_fr: str, found_en: str) -> Check:
    low, high = number_fr(round(total.low)), number_fr(round(total.high))
    size_fr = low if low == high else f"{low} à {high}"
    size_en = size_fr.replace(" à ", " to ").replace("\u202f", ",")
    return Check(
        "model_memory",
        truth,
        text(
            f"Mémoire du modèle : {size_fr} Go ({found_fr})",
            f"Model memory: {size_en} GB ({found_en})",
        ),
        blocking=False,
    )


def _job_size(details: ComputeDetails, need: ComputeNeed) -> Iterator[Check]:
    if need.gpus_min is None:
        return
    largest = largest_job(details)
    known = largest is not None and largest >= need.gpus_min
    # A cloud instance's size is not the limit of a cluster of instances.
    unclear = largest is None or (not known and details.nature == "cloud")
    truth = Truth.UNKNOWN if unclear else Truth(2 * known)
    size = "?" if largest is None else str(largest)
    yield Check(
        "gpus",
        truth,
        text(
            f"{need.gpus_min} GPU dans un même travail (connu ici : {size})",
            f"{need.gpus_min} GPUs in one job (known here: {size})",
        ),
        blocking=False,
    )


def _excluded(details: ComputeDetails, need: ComputeNeed, gpus: GpuTable) -> Iterator[Check]:
    wanted = gpus.find(need.gpu_model)
    excluded = [gpus.find(model) for model in details.credits_exclude]
    if wanted is not None and wanted in excluded:
        sentence = text(
            f"Les crédits ne couvrent pas le GPU {wanted.model}",
            f"The credits do not cover the {wanted.model} GPU",
        )
        yield Check("credits", Truth.FALSE, sentence)
