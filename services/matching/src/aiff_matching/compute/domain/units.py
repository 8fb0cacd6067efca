"""The units in which programmes count, and amounts in them.

Four units coexist and are never compared with each other: the raw GPU hour, GENCI's normalised
GPU hour (1 V100 hour = 1), the node hour and the euro.
"""

from dataclasses import dataclass, replace

from aiff_contracts.offer import AccessUnit, Gpu
from aiff_matching.compute.domain.gpus import GpuTable, Naming
from aiff_matching.compute.domain.utilisation import Utilisation
from aiff_matching.compute.domain.workloads import Workload, on_model
from aiff_matching.shared.intervals import Between


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in a programme's own unit; `estimated` when a formula or conversion is in it.

    `rests_on` is the class of published runs behind an estimate, None for a measurement.
    """

    unit: AccessUnit
    range: Between
    estimated: bool
    rests_on: Utilisation | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why an amount cannot be told, in French and in English."""

    fr: str
    en: str


NO_HOURS = Unknown(
    "le nombre d'heures GPU n'est pas connu : donnez une mesure, ou les paramètres et les jetons",
    "the number of GPU hours is not known: give a measurement, or parameters and tokens",
)
_NO_FACTOR = Unknown(
    "GENCI ne publie pas de facteur de conversion pour ce GPU",
    "GENCI publishes no conversion factor for this GPU",
)
_NO_NODE = Unknown(
    "le nombre de GPU par nœud n'est pas connu",
    "the number of GPUs in a node is not known",
)
_NO_COMPARISON = Unknown(
    "la vitesse de ce GPU n'est pas comparée à celle du GPU de la mesure",
    "the speed of this GPU is not compared with that of the GPU measured on",
)
_NO_PRICE = Unknown("aucun prix à l'heure n'est publié", "no hourly price is published")


def hours_on(work: Workload, gpu: Gpu | None, gpus: GpuTable) -> Quantity | Unknown:
    """Return raw GPU hours on an offer's GPU, or why they cannot be told.

    An offer that names no GPU takes them as measured, and so does every offer where the
    measurement names none.
    """
    model = gpu.model if gpu else None
    if model not in work.quantities:
        work.quantities[model] = _hours_on(work, model, gpus)
    known: Quantity | Unknown = work.quantities[model]
    return known


def _hours_on(work: Workload, model: str | None, gpus: GpuTable) -> Quantity | Unknown:
    found = on_model(work, model, gpus)
    if found.hours is None:
        return unknown_gpu(work.naming) or _NO_COMPARISON
    estimated = work.estimated or found.hours != work.hours
    return Quantity("gpu_hour", found.hours, estimated, found.rests_on)


def quantity(
    unit: AccessUnit, work: Workload, gpu: Gpu | None, gpus: GpuTable, cost: Between | None
) -> Quantity | Unknown:
    """Return the work in a programme's unit, or why that cannot be told."""
    hours = hours_on(work, gpu, gpus)
    if isinstance(hours, Unknown):
        return hours
    match unit:
        case "gpu_hour":
            return hours
        case "normalised_gpu_hour":
            row = gpus.find(gpu.model if gpu else work.model)
            factor = row.genci_factor if row else None
            return _times(hours, unit, factor) if factor else _NO_FACTOR
        case "node_hour":
            per_node = gpu.per_node if gpu else None
            return _times(hours, unit, 1 / per_node) if per_node else _NO_NODE
        case "eur":
            return replace(hours, unit=unit, range=cost) if cost else _NO_PRICE


def unknown_gpu(naming: Naming | None) -> Unknown | None:
    """Return what is to be said of a given name that no row is meant by, None where one is."""
    said = naming.sentence if naming and naming.row is None else None
    return Unknown(said.fr, said.en) if said else None


def _times(hours: Quantity, unit: AccessUnit, factor: float) -> Quantity:
    return replace(hours, unit=unit, range=hours.range.scaled(factor))
