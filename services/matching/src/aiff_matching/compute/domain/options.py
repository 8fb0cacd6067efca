"""The ways into a compute offer: one option for each access mode, public and private alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiff_contracts.offer import (
    AccessMode,
    ComputeDetails,
    IntakeStatus,
    Moment,
    Text,
)
from aiff_contracts.offer.intake import next_deadline
from aiff_matching.compute.domain import hardware, quotas, safeguards
from aiff_matching.compute.domain.costs import (
    HOURS_A_MONTH,
    Cost,
    Usage,
    cost_of,
    pricing_of,
)
from aiff_matching.compute.domain.gpus import GpuTable, Naming, naming_of
from aiff_matching.compute.domain.schedules import NOT_YET, Days, access
from aiff_matching.compute.domain.units import (
    NO_HOURS,
    Quantity,
    Unknown,
    hours_on,
    quantity,
    unknown_gpu,
)
from aiff_matching.compute.domain.workloads import Workload, workload_of
from aiff_matching.offers.domain.catalogue import Candidate, Gate
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.verdicts import Check, Decision, decide, hope, is_closed
from aiff_matching.shared.bilingual import number_en, number_fr, text
from aiff_matching.shared.intervals import Between

_PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Option:
    """One way in. `mode` is None for an offer that lists no access modes."""

    mode: AccessMode | None
    gate: Gate
    decision: Decision
    status: IntakeStatus
    checks: tuple[Check, ...]
    conditions: tuple[Text, ...]
    amount: Quantity | None
    cost: Cost
    cut_off: Moment | None
    access: Days

    @property
    def earliest_start(self) -> date | None:
        """Return the day on which access begins at the latest, None where it is not known."""
        return self.access.last


@dataclass(frozen=True, slots=True)
class Situation:
    """What every option of one question is judged against; `today` is the day in Paris."""

    need: ComputeNeed | None
    work: Workload | None
    gpus: GpuTable
    now: datetime
    today: date
    naming: Naming | None = None

    @classmethod
    def of(cls, need: ComputeNeed | None, gpus: GpuTable, now: datetime) -> "Situation":
        """Work out the job's size once, and what the name of its GPU means."""
        work = workload_of(need, gpus) if need else None
        naming = naming_of(need.gpu_model, gpus) if need and need.gpu_model else None
        return cls(need, work, gpus, now, now.astimezone(_PARIS).date(), naming)

    def hours(self, details: ComputeDetails) -> Between | None:
        """Return the raw GPU hours on an offer's GPU, None where they are not known."""
        hours = hours_on(self.work, details.gpu, self.gpus) if self.work else None
        return hours.range if isinstance(hours, Quantity) else None

    def gpus_used(self, details: ComputeDetails) -> int | None:
        """Return the GPUs that work at once: as asked, else the fewest that hold the model."""
        if self.need is None:
            return None
        return self.need.gpus_min or hardware.least_gpus(details.gpu, self.need)


def options_of(
    candidate: Candidate, truths: tuple[Truth, ...], situation: Situation
) -> list[Option]:
    """Return the options, best first; `truths` are those of the offer's gates in order."""
    details = candidate.offer.details
    assert isinstance(details, ComputeDetails)  # noqa: S101 - only compute offers come here.
    shared = tuple(_shared_checks(details, situation))
    ways: list[tuple[AccessMode | None, Gate, Truth]] = [
        (mode, gate, truth) for (mode, gate), truth in zip(candidate.modes, truths[1:], strict=True)
    ] or [(None, candidate.gate, truths[0])]
    options = [_option(candidate, way, shared, situation) for way in ways]
    return sorted(options, key=_best_first)


def option_of(candidate: Candidate, number: int, situation: Situation) -> Option:
    """Return one option if all its computable rules hold; `number` is that of its mode."""
    details = candidate.offer.details
    assert isinstance(details, ComputeDetails)  # noqa: S101 - only compute offers come here.
    mode, gate = candidate.modes[number] if candidate.modes else (None, candidate.gate)
    shared = tuple(_shared_checks(details, situation))
    return _option(candidate, (mode, gate, Truth.TRUE), shared, situation)


def _option(
    candidate: Candidate,
    way: tuple[AccessMode | None, Gate, Truth],
    shared: tuple[Check, ...],
    situation: Situation,
) -> Option:
    mode, gate, truth = way
    details = candidate.offer.details
    assert isinstance(details, ComputeDetails)  # noqa: S101 - checked by the caller.
    hours = situation.hours(details)
    pricing = pricing_of(candidate.offer, mode)
    usage = Usage(hours, situation.gpus_used(details)) if hours else None
    cost = cost_of(pricing, details.gpu, usage, situation.today)
    amount = _amount(mode, details, situation, cost.euros())
    checks = (*shared, *_own_checks(mode, details, situation, amount, cost))
    status = gate.status(situation.now)
    conditions = _conditions(candidate, mode, status)
    not_yet = details.status in NOT_YET
    decision = decide(
        truth,
        checks,
        conditional=bool(conditions) or not gate.written,
        closed=is_closed(status) or not_yet,
    )
    return Option(
        mode=mode,
        gate=gate,
        decision=decision,
        status=status,
        checks=checks,
        conditions=conditions,
        amount=amount if isinstance(amount, Quantity) else None,
        cost=cost,
        cut_off=next_deadline(gate.intake, situation.now),
        access=access(details, mode, gate.intake, status, situation.now, situation.today),
    )


def _shared_checks(details: ComputeDetails, situation: Situation) -> Iterator[Check]:
    if situation.need is not None:
        yield from hardware.checks(details, situation.need, situation.gpus)
        yield from safeguards.checks(details, situation.need, situation.today)


def _amount(
    mode: AccessMode | None, details: ComputeDetails, situation: Situation, euros: Between | None
) -> Quantity | Unknown:
    if situation.work is None:
        return unknown_gpu(situation.naming) or NO_HOURS
    unit = mode.unit if mode else "gpu_hour"
    return quantity(unit, situation.work, details.gpu, situation.gpus, euros)


def _own_checks(
    mode: AccessMode | None,
    details: ComputeDetails,
    situation: Situation,
    amount: Quantity | Unknown,
    cost: Cost,
) -> Iterator[Check]:
    if situation.need is None:
        return
    if mode is not None and details.nature != "cloud":
        quota = quotas.check(mode, amount, pays_a_part=mode.unit == "eur")
        if quota is not None:
            yield quota
    yield from _budget(situation.need, cost)
    if mode is not None:
        yield from _duration(situation.need, mode)
        yield from _enough_time(mode, details, situation)


def _budget(need: ComputeNeed, cost: Cost) -> Iterator[Check]:
    euros = cost.euros()
    if need.budget_eur is None or euros is None:
        return
    truth = Truth.TRUE if euros.high <= need.budget_eur else Truth.UNKNOWN
    if euros.low > need.budget_eur:
        truth = Truth.FALSE
    sentence = text(
        f"Coût à partir de {number_fr(euros.low)} €, budget {number_fr(need.budget_eur)} €",
        f"Cost from EUR {number_en(euros.low)}, budget EUR {number_en(need.budget_eur)}",
    )
    yield Check("budget", truth, sentence, blocking=False)


def _duration(need: ComputeNeed, mode: AccessMode) -> Iterator[Check]:
    choices = mode.durations_months
    if need.duration_months is None or not choices or max(choices) >= need.duration_months:
        return
    sentence = text(
        f"{max(choices)} mois au plus par allocation, pour {need.duration_months} mois demandés",
        f"{max(choices)} months at most an allocation, for {need.duration_months} months asked",
    )
    yield Check("duration", Truth.UNKNOWN, sentence, blocking=False)


def _enough_time(
    mode: AccessMode, details: ComputeDetails, situation: Situation
) -> Iterator[Check]:
    """Doubt an allocation that ends before the work would, even running day and night."""
    hours, gpus = situation.hours(details), situation.gpus_used(details)
    if not mode.durations_months or hours is None or gpus is None:
        return
    longest, months = max(mode.durations_months), hours.low / gpus / HOURS_A_MONTH
    if months <= longest:
        return
    sentence = text(
        f"Au moins {number_fr(months)} mois de calcul sur {gpus} GPU, allocation de {longest} mois"
        " au plus : demandez plus de GPU",
        f"At least {number_en(months)} months of work on {gpus} GPUs, allocation of {longest}"
        " months at most: ask for more GPUs",
    )
    yield Check("time", Truth.UNKNOWN, sentence, blocking=False)


def _conditions(
    candidate: Candidate, mode: AccessMode | None, status: IntakeStatus
) -> tuple[Text, ...]:
    offer, details = candidate.offer, candidate.offer.details
    conditions = [*offer.eligibility.conditions, *(mode.eligibility.conditions if mode else ())]
    if isinstance(details, ComputeDetails) and details.status == "quote_only":
        conditions.append(text("Sur devis uniquement", "By quotation only"))
    if isinstance(details, ComputeDetails) and details.status in NOT_YET:
        conditions.append(details.expected.text if details.expected else _NOT_RUNNING)
    if status == "by_recommendation":
        conditions.append(RECOMMENDED)
    return tuple(dict.fromkeys(conditions))


_NOT_RUNNING = text("Machine pas encore en service", "The machine is not running yet")


RECOMMENDED = text(
    "Sur recommandation uniquement : on ne candidate pas soi-même",
    "By recommendation only: there is no application of one's own",
)


def _best_first(option: Option) -> tuple[tuple[bool, int, int], date, str]:
    name = option.mode.id if option.mode else ""
    return hope(option.decision), option.earliest_start or date.max, name
