"""Several options in one plan: what one programme alone does not give, two or three do.

- bridge: start on a private cloud, go on with an allocation once it begins;
- steps: a small allocation now, a larger one when it begins;
- together: no option alone covers the hours, so they are shared.

A part is a share of the work, between 0 and 1; its amount is in its own programme's unit, and
totals are kept apart by unit, by GPU model where the unit is of a GPU, and by currency.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from aiff_contracts.offer import AccessUnit
from aiff_matching.compute.domain.costs import Cost
from aiff_matching.compute.domain.schedules import Days, days_of_work
from aiff_matching.compute.domain.units import Quantity
from aiff_matching.plans.domain.planned import Planned
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.rules.domain.verdicts import VERDICTS, Verdict
from aiff_matching.shared.intervals import Between

Kind = Literal["bridge", "steps", "together"]
Measure = tuple[AccessUnit, str | None]
MOST = 6
_OF_ONE_GPU = frozenset(("gpu_hour", "node_hour"))
_MOST_PARTS = 4
_HOURS_A_DAY = 24
# A part below this share of the work is not worth an application of its own.
_LEAST_SHARE = 0.02
# What a part of a larger plan may fail alone: it asks for less than the whole.
_SPLITTABLE = frozenset(("quota", "budget"))
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Usable:
    """An option as a part: what share it may carry, from when, and its verdict as a part."""

    planned: Planned
    least: float
    most: float
    begins: date | None
    subject_to_stock: bool
    verdict: Verdict

    @property
    def family(self) -> str:
        """Return what counts as one way: an access mode over all machines, all clouds as one."""
        mode = self.planned.explained.option.mode
        return "cloud" if self.is_cloud else mode.id if mode else self.planned.key

    @property
    def is_cloud(self) -> bool:
        """Tell whether hours are bought."""
        return self.planned.details.nature == "cloud"

    @property
    def refused_whole(self) -> bool:
        """Tell whether the option is refused for the whole work: it is too much or too dear."""
        return self.planned.explained.option.decision.verdict == "not_eligible"

    @property
    def covers_all(self) -> bool:
        """Tell whether it surely carries the whole work."""
        return self.least <= 1 <= self.most


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the work on one option."""

    usable: Usable
    share: float

    @property
    def hours(self) -> Between | None:
        """Return the raw GPU hours on the option's GPU."""
        hours = self.usable.planned.hours
        return hours.scaled(self.share) if hours else None

    @property
    def amount(self) -> Quantity | None:
        """Return the amount in the programme's own unit."""
        amount = self.usable.planned.explained.option.amount
        if amount is None:
            return None
        # A share is planned, whatever the whole was measured as.
        return replace(amount, range=amount.range.scaled(self.share), estimated=True)

    @property
    def measure(self) -> Measure | None:
        """Return what may be added up: an hour of one GPU or node is not that of another."""
        if self.amount is None:
            return None
        gpu = self.usable.planned.details.gpu
        return self.amount.unit, gpu.model if gpu and self.amount.unit in _OF_ONE_GPU else None

    @property
    def cost(self) -> Cost:
        """Return the cost of the share; fees of the whole are shared with it."""
        whole = self.usable.planned.explained.option.cost
        low, high = (_share(value, self.share) for value in (whole.low, whole.high))
        return Cost(whole.basis, low, high, whole.currency, whole.note)

    @property
    def finish(self) -> Days | None:
        """Return when the share is done, None where begin, hours or GPUs are unknown."""
        begins, gpus = self.usable.begins, self.usable.planned.schedule.gpus
        if begins is None or self.hours is None or gpus is None:
            return None
        return Days(begins, begins).later(days_of_work(self.hours, gpus))


@dataclass(frozen=True, slots=True)
class Combination:
    """Parts in the order in which they begin; `uncovered` is the share that nothing carries."""

    kind: Kind
    parts: tuple[Part, ...]

    @property
    def uncovered(self) -> float:
        """Return the share of the work without a place, between 0 and 1."""
        return max(0.0, round(1 - sum(part.share for part in self.parts), 9))

    @property
    def verdict(self) -> Verdict:
        """Return the weakest verdict of the parts."""
        return max((part.usable.verdict for part in self.parts), key=VERDICTS.index)

    @property
    def amounts(self) -> dict[Measure, Between]:
        """Return the totals, one for each unit and, where the unit is of a GPU, for each model."""
        totals: dict[Measure, Between] = {}
        for part in self.parts:
            if part.amount is not None and part.measure is not None:
                span, so_far = part.amount.range, totals.get(part.measure, Between(0, 0))
                totals[part.measure] = Between(so_far.low + span.low, so_far.high + span.high)
        return totals

    @property
    def costs(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Return the known costs, one range for each currency."""
        totals: dict[str, tuple[Decimal, Decimal]] = {}
        for cost in (part.cost for part in self.parts):
            if cost.low is not None and cost.high is not None and cost.currency is not None:
                low, high = totals.get(cost.currency, (Decimal(0), Decimal(0)))
                totals[cost.currency] = (low + cost.low, high + cost.high)
        return totals

    @property
    def cost_is_complete(self) -> bool:
        """Tell whether every part's cost is known."""
        return all(part.cost.high is not None for part in self.parts)

    @property
    def finish(self) -> Days | None:
        """Return when everything is done, None where a part's end is unknown."""
        ends = [part.finish for part in self.parts]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return None
        lasts = [end.last for end in known if end.last is not None]
        last = max(lasts) if len(lasts) == len(ends) else None
        return Days(max(end.first for end in known), last)


def combinations(options: Iterable[Planned], need: ComputeNeed) -> tuple[Combination, ...]:
    """Return the best combinations, at most one for each pair of ways, in a fixed order."""
    parts = [part for option in options if (part := usable(option, need)) is not None]
    alone = Alone.of(parts)
    pairs = [made for first in parts for second in parts for made in _pair(first, second, alone)]
    if not alone.exists and not any(made.uncovered == 0 for made in pairs):
        pairs += _greedy(parts)
    best: dict[tuple[str, ...], Combination] = {}
    affordable = [made for made in pairs if not _too_dear(made, need.budget_eur)]
    for made in sorted(affordable, key=_best_first):
        best.setdefault((made.kind, *(part.usable.family for part in made.parts)), made)
    return tuple(best.values())[:MOST]


@dataclass(frozen=True, slots=True)
class Alone:
    """What one option alone gives.

    `exists` says that one carries everything, `allocation_from` when the first of these begins
    that is not a cloud.
    """

    exists: bool
    allocation_from: date | None

    @classmethod
    def of(cls, parts: list[Usable]) -> "Alone":
        """Return what the options that carry everything give."""
        whole = [part for part in parts if part.covers_all and not part.refused_whole]
        begins = [part.begins for part in whole if part.begins and not part.is_cloud]
        return cls(bool(whole), min(begins, default=None))

    def better_from(self, day: date | None) -> bool:
        """Tell whether beginning on a day is earlier than any allocation alone allows."""
        return self.allocation_from is None or (day is not None and day < self.allocation_from)


def usable(option: Planned, need: ComputeNeed) -> Usable | None:
    """Return an option as a part, None where it is refused, closed or of unknown capacity."""
    verdict, shares = _verdict_as_part(option), _shares(option, need.budget_eur)
    if verdict is None or shares is None or option.details.nature in {"federation", "credits"}:
        return None
    known = option.schedule.access.last
    self_service = option.details.nature == "cloud" and option.details.status == "on_sale"
    begins = known or (option.schedule.access.first if self_service else None)
    if begins is not None and need.start is not None:
        begins = max(begins, need.start)
    return Usable(option, *shares, begins, self_service and known is None, verdict)


def _verdict_as_part(option: Planned) -> Verdict | None:
    decision, reasons = option.explained.option.decision, option.explained.reasons
    if decision.verdict != "not_eligible":
        return None if decision.verdict == "closed" else decision.verdict
    if not {reason.code for reason in reasons.failing} <= _SPLITTABLE:
        return None
    if reasons.unknown:
        return "unknown"
    return "to_confirm" if reasons.conditions else "eligible"


def _shares(option: Planned, budget: float | None) -> tuple[float, float] | None:
    """Return the least and the most share that surely fits the quota, None where unknown."""
    mode, amount = option.explained.option.mode, option.explained.option.amount
    if option.details.nature == "cloud":
        euros = option.explained.option.cost.euros()
        capped = budget is not None and euros is not None and euros.high > 0
        return 0.0, min(1.0, budget / euros.high) if capped else 1.0  # type: ignore[operator, union-attr]
    if mode is None or amount is None or amount.range.low <= 0:
        return None
    if mode.maximum is None and not mode.unbounded:
        return None
    least = (mode.minimum or 0) / amount.range.low
    most = 1.0 if mode.maximum is None else min(1.0, mode.maximum / amount.range.high)
    return (least, most) if least <= most else None


def _pair(first: Usable, second: Usable, alone: Alone) -> Iterator[Combination]:
    """Yield the combination in which `first` begins before `second`, where one makes sense.

    It makes sense when nothing alone carries everything, or when it begins before any
    allocation that does.
    """
    makes_sense = not alone.exists or alone.better_from(first.begins)
    if first.family == second.family or not makes_sense or not _before(first, second):
        return
    share = min(first.most, _until(first, second))
    rest = 1 - share
    fits = share >= max(first.least, _LEAST_SHARE) and rest >= max(second.least, _LEAST_SHARE)
    if fits and rest <= second.most and (not first.covers_all or _cheaper(second, first)):
        yield Combination(_kind(first, second), (Part(first, share), Part(second, rest)))


def _kind(first: Usable, second: Usable) -> Kind:
    if first.is_cloud:
        return "bridge"
    return "together" if second.is_cloud or first.begins == second.begins else "steps"


def _before(first: Usable, second: Usable) -> bool:
    if first.begins is None or second.begins is None:
        return False
    if first.begins == second.begins:
        order = [(part.is_cloud, part.planned.key) for part in (first, second)]
        return not first.covers_all and order[0] < order[1]
    return first.begins < second.begins


def _until(first: Usable, second: Usable) -> float:
    """Return the share that is surely done before the second part begins; 1 where unlimited.

    An allocation that cannot carry everything is used to its ceiling, beside the second. Hours
    that are bought stop when the second begins.
    """
    if not first.covers_all and not first.is_cloud:
        return 1.0
    hours, gpus = first.planned.hours, first.planned.schedule.gpus
    if hours is None or gpus is None or first.begins is None or second.begins is None:
        return 0.0
    days = (second.begins - first.begins).days
    return min(1.0, days * _HOURS_A_DAY * gpus / hours.high) if hours.high > 0 else 0.0


def _cheaper(one: Usable, other: Usable) -> bool:
    """Tell whether hours on `one` are surely cheaper, or free for those who meet its condition."""
    if other.is_cloud and one.planned.explained.option.cost.basis in {"free", "conditional"}:
        return True
    mine, theirs = (part.planned.explained.option.cost.euros() for part in (one, other))
    return mine is not None and theirs is not None and mine.high < theirs.low


def _greedy(parts: list[Usable]) -> list[Combination]:
    """Fill the work with the largest shares that fit, each way once."""
    chosen: list[Part] = []
    left, families = 1.0, set[str]()
    for part in sorted(parts, key=lambda one: (-one.most, one.planned.key)):
        share = min(part.most, left)
        if part.family in families or share < max(part.least, _LEAST_SHARE):
            continue
        chosen.append(Part(part, share))
        families.add(part.family)
        left -= share
        if len(chosen) == _MOST_PARTS:
            break
    if len(chosen) < 2:  # noqa: PLR2004 - one part is no combination.
        return []
    ordered = sorted(chosen, key=lambda one: one.usable.begins or date.max)
    return [Combination("together", tuple(ordered))]


def _too_dear(made: Combination, budget: float | None) -> bool:
    """Tell whether a combination surely costs more than the budget."""
    return budget is not None and made.costs.get("EUR", (Decimal(0),))[0] > budget


def _best_first(made: Combination) -> tuple[object, ...]:
    euros = made.costs.get("EUR", (Decimal(0), Decimal(0)))
    clouds = [part.cost for part in made.parts if part.usable.is_cloud]
    unpriced = any(cost.euros() is None for cost in clouds)
    finish = made.finish.last if made.finish and made.finish.last else date.max
    keys = tuple(part.usable.planned.key for part in made.parts)
    verdict = VERDICTS.index(made.verdict)
    return made.uncovered > 0, verdict, unpriced, finish, euros[1], keys


def _share(value: Decimal | None, share: float) -> Decimal | None:
    return None if value is None else (value * Decimal(str(share))).quantize(_CENT)
