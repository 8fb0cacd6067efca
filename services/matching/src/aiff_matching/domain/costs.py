"""What GPU hours cost, as a range. Unknown is not zero; free is a stated fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from aiff_contracts.offer import AccessMode, Gpu, OfferDocument, PriceRow, Pricing, Text
from aiff_matching.domain.answers import Between

Basis = Literal["free", "priced", "on_quote", "conditional", "unknown"]
_HOURLY = frozenset(("gpu_hour", "instance_hour", "node_hour"))


@dataclass(frozen=True, slots=True)
class Cost:
    """The price basis and, where it can be told, an amount range in one currency."""

    basis: Basis
    low: Decimal | None = None
    high: Decimal | None = None
    currency: str | None = None
    note: Text | None = None

    def euros(self) -> Between | None:
        """Return the range in EUR, None where it is unknown or in another currency."""
        if self.low is None or self.high is None or self.currency != "EUR":
            return None
        return Between(float(self.low), float(self.high))


def pricing_of(offer: OfferDocument, mode: AccessMode | None) -> Pricing:
    """Return the mode's own price where it states one, else the offer's."""
    if mode is None or mode.pricing.basis == "unknown":
        return offer.pricing
    return mode.pricing


def cost_of(pricing: Pricing, gpu: Gpu | None, hours: Between | None, today: date) -> Cost:
    """Return what the hours cost at today's prices."""
    if pricing.basis == "free":
        return Cost("free", Decimal(0), Decimal(0), "EUR", pricing.note)
    prices = _per_gpu_hour(current_rows(pricing.rows, today), gpu)
    if pricing.basis != "priced" or not prices or hours is None or hours.high == float("inf"):
        return Cost(pricing.basis, note=pricing.note)
    currency = "EUR" if "EUR" in prices else min(prices)
    cheapest, dearest = min(prices[currency]), max(prices[currency])
    low, high = _money(hours.low) * cheapest, _money(hours.high) * dearest
    cents = Decimal("0.01")
    return Cost("priced", low.quantize(cents), high.quantize(cents), currency, pricing.note)


def current_rows(rows: Iterable[PriceRow], today: date) -> list[PriceRow]:
    """Return for each line of the price list the row that is valid today, newest first."""
    newest: dict[tuple[object, ...], PriceRow] = {}
    for row in rows:
        key = (row.period, row.gpus, row.label, row.currency)
        started = row.valid_from is None or row.valid_from <= today
        if started and (key not in newest or _from(row) > _from(newest[key])):
            newest[key] = row
    return list(newest.values())


def _per_gpu_hour(rows: list[PriceRow], gpu: Gpu | None) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for row in rows:
        gpus = _gpus_of(row, gpu)
        if row.period in _HOURLY and gpus is not None:
            found.setdefault(row.currency, []).append(row.amount / gpus)
    return found


def _gpus_of(row: PriceRow, gpu: Gpu | None) -> int | None:
    if row.period == "gpu_hour":
        return 1
    return row.gpus or (gpu.per_node if gpu and row.period == "node_hour" else None)


def _from(row: PriceRow) -> date:
    return row.valid_from or date.min


def _money(hours: float) -> Decimal:
    return Decimal(str(round(hours, 2)))
