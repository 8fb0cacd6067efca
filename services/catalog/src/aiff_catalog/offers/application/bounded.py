"""What an offer states of the numbers and days that a search can bound, and what it leaves out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from aiff_catalog.search.domain.bounds import ENDLESS, Unstated
from aiff_catalog.shared.schedule import Period
from aiff_contracts.codec import parse
from aiff_contracts.offer.intake import Moment

Json = Mapping[str, Any]
# A deadline that nobody states is one that could still be met; of these intakes none can.
_WITHOUT_DEADLINE = ("closed", "by_recommendation")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundedFacts:
    """The numbers and days as `IndexEntry` has them; None is unknown or does not apply."""

    gpu_memory: float | None
    amount: float | None
    deadline: datetime | None
    unstated: tuple[Unstated, ...]


def bounded_facts(document: Json, period: Period) -> BoundedFacts:
    """Return what an offer's document states at a moment of its calendar."""
    gpu_memory = _device_memory(document["details"].get("gpu"))
    components = document["details"].get("components") or ()
    amounts = [amount for one in components for amount in _certain(one)]
    unstated: dict[Unstated, bool] = {
        "amount": any(not _in_euros(one.get("maximum")) for one in components),
        "deadline": _hides_deadline(document, period),
        "gpu_memory": document["kind"] == "compute" and gpu_memory is None,
    }
    return BoundedFacts(
        gpu_memory=gpu_memory,
        amount=float(max(amounts)) if amounts else None,
        deadline=_deadline(document, period),
        unstated=tuple(name for name, is_unstated in unstated.items() if is_unstated),
    )


def _certain(component: Json) -> Iterator[Decimal]:
    """Return what a component brings at most; where that is not told, its least is certain."""
    stated = component.get("maximum") or component.get("minimum")
    if stated is not None and _in_euros(stated):
        yield Decimal(stated["amount"])


def _in_euros(money: Json | None) -> bool:
    """Amounts in other currencies are not converted: how much they are in euros is unknown."""
    return money is not None and money["currency"] == "EUR"


def _is_endless(document: Json) -> bool:
    return bool(document["intake"]["shape"] == "permanent")


def _deadline(document: Json, period: Period) -> datetime | None:
    if _is_endless(document):
        return ENDLESS
    return None if period.deadline is None else parse(Moment, period.deadline).end()


def _hides_deadline(document: Json, period: Period) -> bool:
    if _is_endless(document) or period.deadline is not None:
        return False
    return period.status not in _WITHOUT_DEADLINE


def _device_memory(gpu: Json | None) -> float | None:
    """Return what one device shows to a job, in GB; None where that cannot be told.

    NVIDIA's cards show themselves as one device each; others may be several, as the MI250X is.
    """
    if gpu is None:
        return None
    if gpu.get("device_memory_gb") is not None:
        return float(gpu["device_memory_gb"])
    devices = gpu.get("devices_per_gpu") or (1 if gpu.get("vendor") == "nvidia" else None)
    if gpu.get("memory_gb") is None or devices is None:
        return None
    return float(gpu["memory_gb"]) / float(devices)
