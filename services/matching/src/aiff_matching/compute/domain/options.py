"""The ways into a compute offer: one option for each access mode, public and private alike."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiff_contracts.offer import (
    AccessMode,
    ComputeDetails,
    Gpu,
    IntakeStatus,
    Moment,
    OfferDocument,
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
    # Many offers have the same GPU.
    _used: dict[Gpu | None, int | None] = field(default_factory=dict, init=False, compare=False)

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
        if self.need.gpus_min:
            return self.need.gpus_min
        if details.gpu not in self._used:
            self._used[details.gpu] = hardware.least_gpus(details.gpu, self.need)
        return self._used[details.gpu]


@dataclass(frozen=True, slots=True)
class Machine:
    """The hardware of an offer at work: the raw GPU hours of the job, and the GPUs at once."""

    details: ComputeDetails
    situation: Situation
    hours: Between | None
    gpus: int | None

    @classmethod
    def of(cls, details: ComputeDetails, situation: Situation) -> "Machine":
        """Put the job to the hardware."""
        return cls(details, situation, situation.hours(details), situation.gpus_used(details))


@dataclass(frozen=True, slots=True)
class Price:
    """What the work costs on one way, beside the budget."""

    cost: Cost
    checks: tuple[Check, ...]

    @classmethod
    def of(cls, offer: OfferDocument, mode: AccessMode | None, machine: Machine) -> "Price":
        """Work out the cost by the price that holds for a way."""
        situation = machine.situation
        usage = Usage(machine.hours, machine.gpus) if machine.hours else None
        gpu, pricing = machine.details.gpu, pricing_of(offer, mode)
        cost = cost_of(pricing, gpu, usage, situation.today)
        need = situation.need
        return cls(cost, () if need is None else tuple(_budget(need, cost)))


@dataclass(frozen=True, slots=True)
class Terms:
    """The work in a way's own unit beside its quota, and whether an allocation lasts for it."""

    amount: Quantity | Unknown
    quota: tuple[Check, ...]
    time: tuple[Check, ...]

    @classmethod
    def of(cls, mode: AccessMode | None, machine: Machine, cost: Cost) -> "Terms":
        """Compare the work with the bounds of a way."""
        details, situation = machine.details, machine.situation
        need = situation.need
        amount = _amount(mode, details, situation, cost.euros())
        if need is None or mode is None:
            return cls(amount, (), ())
        time = (*_duration(need, mode), *_enough_time(mode, machine))
        if details.nature == "cloud":
            return cls(amount, (), time)
        quota = quotas.check(mode, amount, pays_a_part=mode.unit == "eur")
        return cls(amount, () if quota is None else (quota,), time)


@dataclass(frozen=True, slots=True)
class Opening:
    """When and on what conditions a way is open, whatever is needed."""

    status: IntakeStatus
    closed: bool
    conditions: tuple[Text, ...]
    conditional: bool
    access: Days

    @classmethod
    def of(
        cls, candidate: Candidate, mode: AccessMode | None, gate: Gate, situation: Situation
    ) -> "Opening":
        """Look at a way at the instant of the question."""
        details = compute_details(candidate)
        status = gate.status(situation.now)
        conditions = _conditions(candidate, mode, status)
        return cls(
            status=status,
            closed=is_closed(status) or details.status in NOT_YET,
            conditions=conditions,
            conditional=bool(conditions) or not gate.written,
            access=access(details, mode, gate.intake, status, situation.now, situation.today),
        )


def compute_details(candidate: Candidate) -> ComputeDetails:
    """Return the details of an offer of the kind compute."""
    details = candidate.offer.details
    assert isinstance(details, ComputeDetails)  # noqa: S101 - only compute offers come here.
    return details


def options_of(
    candidate: Candidate, truths: tuple[Truth, ...], situation: Situation
) -> list[Option]:
    """Return the options, best first; `truths` are those of the offer's gates in order."""
    details = compute_details(candidate)
    machine = Machine.of(details, situation), machine_checks(details, situation)
    ways: list[tuple[AccessMode | None, Gate, Truth]] = [
        (mode, gate, truth) for (mode, gate), truth in zip(candidate.modes, truths[1:], strict=True)
    ] or [(None, candidate.gate, truths[0])]
    options = [_option(candidate, way, machine) for way in ways]
    return sorted(options, key=_best_first)


def option_of(candidate: Candidate, number: int, situation: Situation) -> Option:
    """Return one option if all its computable rules hold; `number` is that of its mode."""
    mode, gate = way_of(candidate, number)
    details = compute_details(candidate)
    machine = Machine.of(details, situation), machine_checks(details, situation)
    return _option(candidate, (mode, gate, Truth.TRUE), machine)


def way_of(candidate: Candidate, number: int) -> tuple[AccessMode | None, Gate]:
    """Return the mode of a way into an offer, None where it lists none, with its gate."""
    return candidate.modes[number] if candidate.modes else (None, candidate.gate)


def _option(
    candidate: Candidate,
    way: tuple[AccessMode | None, Gate, Truth],
    checked: tuple[Machine, tuple[Check, ...]],
) -> Option:
    (mode, gate, truth), (machine, shared) = way, checked
    price = Price.of(candidate.offer, mode, machine)
    terms = Terms.of(mode, machine, price.cost)
    opening = Opening.of(candidate, mode, gate, machine.situation)
    checks = (*shared, *terms.quota, *price.checks, *terms.time)
    decision = decide(truth, checks, conditional=opening.conditional, closed=opening.closed)
    return Option(
        mode=mode,
        gate=gate,
        decision=decision,
        status=opening.status,
        checks=checks,
        conditions=opening.conditions,
        amount=terms.amount if isinstance(terms.amount, Quantity) else None,
        cost=price.cost,
        cut_off=next_deadline(gate.intake, machine.situation.now),
        access=opening.access,
    )


def machine_checks(details: ComputeDetails, situation: Situation) -> tuple[Check, ...]:
    """Return what all ways into an offer share: what of the job its hardware and place meet."""
    if situation.need is None:
        return ()
    return (
        *hardware.checks(details, situation.need, situation.gpus),
        *safeguards.checks(details, situation.need, situation.today),
    )


def _amount(
    mode: AccessMode | None, details: ComputeDetails, situation: Situation, euros: Between | None
) -> Quantity | Unknown:
    if situation.work is None:
        return unknown_gpu(situation.naming) or NO_HOURS
    unit = mode.unit if mode else "gpu_hour"
    return quantity(unit, situation.work, details.gpu, situation.gpus, euros)


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


def _enough_time(mode: AccessMode, machine: Machine) -> Iterator[Check]:
    """Doubt an allocation that ends before the work would, even running day and night."""
    hours, gpus = machine.hours, machine.gpus
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
    offer, details = candidate.offer, compute_details(candidate)
    conditions = [*offer.eligibility.conditions, *(mode.eligibility.conditions if mode else ())]
    if details.status == "quote_only":
        conditions.append(_BY_QUOTATION)
    if details.status in NOT_YET:
        conditions.append(details.expected.text if details.expected else _NOT_RUNNING)
    if status == "by_recommendation":
        conditions.append(RECOMMENDED)
    return tuple(dict.fromkeys(conditions))


_BY_QUOTATION = text("Sur devis uniquement", "By quotation only")
_NOT_RUNNING = text("Machine pas encore en service", "The machine is not running yet")


RECOMMENDED = text(
    "Sur recommandation uniquement : on ne candidate pas soi-même",
    "By recommendation only: there is no application of one's own",
)


def _best_first(option: Option) -> tuple[tuple[bool, int, int], date, str]:
    name = option.mode.id if option.mode else ""
    return hope(option.decision), option.earliest_start or date.max, name
