"""What GPU hours cost, as a range. Unknown is not zero; free is a stated fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Literal

from aiff_contracts.offer import AccessMode, Gpu, OfferDocument, PriceRow, Pricing, Text
from aiff_matching.shared.intervals import Between

Basis = Literal["free", "priced", "on_quote", "conditional", "unknown"]
FIXED = frozenset(("year", "once"))
# The average month, as clouds count it: 365 days of 24 hours, by twelve.
HOURS_A_MONTH = 730
_MONTHLY = frozenset(("month",))
_HOURLY = frozenset(("gpu_hour", "instance_hour", "node_hour"))


@dataclass(frozen=True, slots=True)
class Cost:
    """The price basis and, where it can be told, an amount range in one currency.

    A conditional price is between nothing and the list price: only the note says for whom.
    """

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


@dataclass(frozen=True, slots=True)
class Usage:
    """How much is used: raw GPU hours on the offer's GPU, and on how many GPUs at once."""

    hours: Between
    gpus: int | None = None

    @property
    def months(self) -> Between | None:
        """Return the GPU months that are paid where a month is paid whole."""
        if self.gpus is None:
            return None
        capacity = self.gpus * HOURS_A_MONTH
        span = Between(ceil(self.hours.low / capacity), ceil(self.hours.high / capacity))
        return span.scaled(self.gpus)


def cost_of(pricing: Pricing, gpu: Gpu | None, usage: Usage | None, today: date) -> Cost:
    """Return what the hours cost at today's prices: by the hour, else by the month."""
    if pricing.basis == "free":
        return Cost("free", Decimal(0), Decimal(0), "EUR", pricing.note)
    bounded = usage is not None and usage.hours.high != float("inf")
    if pricing.basis not in {"priced", "conditional"} or usage is None or not bounded:
        return Cost(pricing.basis, note=pricing.note)
    rows = current_rows(pricing.rows, today)
    prices, amount = _per_gpu(rows, gpu, _HOURLY), usage.hours
    if not prices:
        prices, amount = _per_gpu(rows, gpu, _MONTHLY), usage.months or usage.hours
        prices = prices if usage.months else {}
    return (
        _priced(pricing, prices, amount, today)
        if prices
        else Cost(pricing.basis, note=pricing.note)
    )


def _priced(
    pricing: Pricing, prices: dict[str, list[Decimal]], amount: Between, today: date
) -> Cost:
    currency = "EUR" if "EUR" in prices else min(prices)
    fees = fixed_fees(pricing, today, currency)
    cents = Decimal("0.01")
    low = (_money(amount.low) * min(prices[currency]) + fees).quantize(cents)
    high = (_money(amount.high) * max(prices[currency]) + fees).quantize(cents)
    free_for_some = pricing.basis == "conditional"
    return Cost(pricing.basis, Decimal(0) if free_for_some else low, high, currency, pricing.note)


def fixed_fees(pricing: Pricing, today: date, currency: str) -> Decimal:
    """Return the fees that come on top of the hours: once, and for one year."""
    rows = current_rows(pricing.rows, today)
    fees = [row.amount for row in rows if row.period in FIXED and row.currency == currency]
    return sum(fees, Decimal(0))


def current_rows(rows: Iterable[PriceRow], today: date) -> list[PriceRow]:
    """Return for each line of the price list the row that is valid today, newest first."""
    newest: dict[tuple[object, ...], PriceRow] = {}
    for row in rows:
        key = (row.period, row.gpus, row.label, row.currency)
        started = row.valid_from is None or row.valid_from <= today
        if started and (key not in newest or _from(row) > _from(newest[key])):
            newest[key] = row
    return list(newest.values())


def euros_an_hour(pricing: Pricing, gpu: Gpu | None, today: date) -> Between | None:
    """Return what one GPU costs an hour in EUR, None where no such price is published."""
    if pricing.basis == "free":
        return Between(0, 0)
    if pricing.basis != "priced":
        return None
    prices = _per_gpu(current_rows(pricing.rows, today), gpu, _HOURLY).get("EUR")
    return Between(float(min(prices)), float(max(prices))) if prices else None


def _per_gpu(
    rows: list[PriceRow], gpu: Gpu | None, periods: frozenset[str]
) -> dict[str, list[Decimal]]:
    """Return the prices per GPU and period, by currency."""
    prices: dict[str, list[Decimal]] = {}
    for row in rows:
        gpus = _gpus_of(row, gpu)
        if row.period in periods and gpus is not None:
            prices.setdefault(row.currency, []).append(row.amount / gpus)
    return prices


def _gpus_of(row: PriceRow, gpu: Gpu | None) -> int | None:
    if row.period == "gpu_hour":
        return 1
    return row.gpus or (gpu.per_node if gpu and row.period == "node_hour" else None)


def _from(row: PriceRow) -> date:
    return row.valid_from or date.min


def _money(hours: float) -> Decimal:
    return Decimal(str(round(hours, 2)))
