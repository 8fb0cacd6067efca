"""One way to get the hours of a job, with everything that a decision needs to know about it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from aiff_contracts.offer import (
    Availability,
    ComputeDetails,
    FederationMember,
    Gpu,
    OfferDocument,
)
from aiff_contracts.offer.pricing import BillingPeriod
from aiff_matching.answers.domain.matching import ExplainedOption
from aiff_matching.compute.domain import hardware, sovereignty
from aiff_matching.compute.domain.costs import FIXED, current_rows, euros_an_hour, pricing_of
from aiff_matching.compute.domain.formulas import Formula
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.compute.domain.memory import devices_needed, memory_of, per_device
from aiff_matching.compute.domain.options import Situation
from aiff_matching.compute.domain.schedules import (
    CutOffAhead,
    Days,
    current,
    cut_offs,
    days_of_work,
)
from aiff_matching.compute.domain.serving import Serving, serving_of
from aiff_matching.compute.domain.workloads import conversion
from aiff_matching.offers.domain.catalogue import Candidate
from aiff_matching.plans.domain import support
from aiff_matching.plans.domain.pareto import Point
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.intervals import Between

CostItem = Literal["storage", "egress", "fee", "engineer_hour"]
_WITHOUT_PRICE: tuple[CostItem, ...] = ("storage", "egress")


@dataclass(frozen=True, slots=True)
class SideCost:
    """A cost beside the hours; `amount` None is not published. `included` in the cost range."""

    item: CostItem
    amount: Decimal | None = None
    currency: str | None = None
    period: BillingPeriod | None = None
    included: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """How the model fits on the GPUs: memory of a device as a job sees it, and the fewest GPUs."""

    device_gb: float | None
    least_gpus: int | None
    memory_per_device: Between | None
    largest_job: int | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """When access begins, how long the work takes on `gpus` GPUs and when it is done.

    `in_time` tells whether access begins by the wanted start; None where none is wanted.
    """

    access: Days
    cut_offs: tuple[CutOffAhead, ...]
    apply_by: CutOffAhead | None
    in_time: Truth | None
    gpus: int | None
    work_days: Between | None
    finish: Days | None


@dataclass(frozen=True, slots=True)
class Member:
    """A machine of a federation; `offer` None where the catalogue has no entry for it."""

    membership: FederationMember
    offer: OfferDocument | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What was observed of a machine's availability; what has expired counts for nothing."""

    fact: Availability
    expired: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """An option of the plan. `key` names it: the offer's slug and the access mode's id."""

    key: str
    candidate: Candidate
    explained: ExplainedOption
    hours: Between | None
    conversion: Formula | None
    fit: Fit
    serving: Serving | None
    cost_of_a_million: Between | None
    schedule: Schedule
    side_costs: tuple[SideCost, ...]
    routes: tuple[sovereignty.Route, ...]
    support: tuple[support.SupportFact, ...]
    availability: tuple[Seen, ...]
    members: tuple[Member, ...]

    @property
    def details(self) -> ComputeDetails:
        """Return what the offer says about its machines."""
        details = self.candidate.offer.details
        assert isinstance(details, ComputeDetails)  # noqa: S101 - only compute offers are planned.
        return details

    def point(self, today: date, *, by_finish: bool) -> Point:
        """Return time (day number), cost (EUR) and what sovereignty and support lack."""
        days = self.schedule.access
        if by_finish:
            days = self.schedule.finish or Days(days.first, None)
        last = float("inf") if days.last is None else days.last.toordinal()
        cost = self.explained.option.cost.euros() or Between(0, float("inf"))
        lacking = sovereignty.shortfall(self.details.sovereignty, today)
        return Between(days.first.toordinal(), last), cost, lacking, support.shortfall(self.support)


def planned(
    candidate: Candidate,
    explained: ExplainedOption,
    situation: Situation,
    members: tuple[Member, ...],
) -> Planned:
    """Return an option with its schedule, fit, side costs, sovereignty and support facts."""
    need, details = situation.need or ComputeNeed(), candidate.offer.details
    assert isinstance(details, ComputeDetails)  # noqa: S101 - only compute offers are planned.
    mode, gpu, work = explained.option.mode, details.gpu, situation.work
    hours, fit = situation.hours(details), _fit(details, need)
    serving = _serving(need, gpu, fit.least_gpus, situation.gpus)
    price = euros_an_hour(pricing_of(candidate.offer, mode), gpu, situation.today)
    return Planned(
        key=f"{candidate.offer.slug}/{mode.id if mode else 'offer'}",
        candidate=candidate,
        explained=explained,
        hours=hours,
        conversion=conversion(work, gpu.model, situation.gpus) if work and gpu else None,
        fit=fit,
        serving=serving,
        cost_of_a_million=serving.cost_of_a_million(price) if serving else None,
        schedule=_schedule(explained, situation, hours, situation.gpus_used(details)),
        side_costs=_side_costs(candidate.offer, explained, situation.today),
        routes=sovereignty.routes(need.sovereignty, details.sovereignty, situation.today),
        support=support.facts(candidate.offer.support, need.support),
        availability=_seen(details.availability, situation.now),
        members=members,
    )


def _serving(
    need: ComputeNeed, gpu: Gpu | None, least: int | None, gpus: GpuTable
) -> Serving | None:
    row = gpus.find(gpu.model) if gpu else None
    return serving_of(need, row, gpu.model, least, gpus) if gpu and row else None


def _fit(details: ComputeDetails, need: ComputeNeed) -> Fit:
    device, memory = hardware.device_memory(details.gpu), memory_of(need)
    share = None
    if memory is not None and device is not None:
        share = per_device(memory.total, devices_needed(memory.total, device))
    least = hardware.least_gpus(details.gpu, need)
    return Fit(device, least, share, hardware.largest_job(details))


def _schedule(
    explained: ExplainedOption, situation: Situation, hours: Between | None, gpus: int | None
) -> Schedule:
    option, wanted = explained.option, situation.need.start if situation.need else None
    ahead = cut_offs(option.mode, option.gate.intake, situation.now)
    days = days_of_work(hours, gpus) if hours and gpus else None
    begins = option.access.not_before(wanted)
    # Nobody knows when what is closed gives access again, so no end is shown for it.
    ends = days is not None and (option.decision.verdict != "closed" or begins.last is not None)
    return Schedule(
        access=option.access,
        cut_offs=ahead,
        apply_by=_apply_by(ahead, wanted),
        in_time=None if wanted is None else option.access.by(wanted),
        gpus=gpus,
        work_days=days,
        finish=begins.later(days) if days and ends else None,
    )


def _apply_by(ahead: tuple[CutOffAhead, ...], wanted: date | None) -> CutOffAhead | None:
    """Return the last cut-off that surely gives access by the wanted start."""
    if wanted is None:
        return None
    fine = [cut_off for cut_off in ahead if cut_off.access.by(wanted) is Truth.TRUE]
    return fine[-1] if fine else None


def _seen(facts: tuple[Availability, ...], now: datetime) -> tuple[Seen, ...]:
    valid = current(facts, now)
    return tuple(Seen(fact, fact not in valid) for fact in facts)


def _side_costs(
    offer: OfferDocument, explained: ExplainedOption, today: date
) -> tuple[SideCost, ...]:
    costs = [SideCost(item) for item in _WITHOUT_PRICE]
    cost = explained.option.cost
    for row in current_rows(pricing_of(offer, explained.option.mode).rows, today):
        if row.period in FIXED:
            known = cost.high is not None and cost.currency == row.currency
            costs.append(SideCost("fee", row.amount, row.currency, row.period, known))
        if row.period == "engineer_hour":
            costs.append(SideCost("engineer_hour", row.amount, row.currency, row.period))
    return tuple(costs)
