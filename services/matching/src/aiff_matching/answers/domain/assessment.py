"""One offer judged for one profile and need: its verdict and what the verdict rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from aiff_contracts.offer import (
    ComputeDetails,
    FundingDetails,
    IncubationDetails,
    IntakeStatus,
    Text,
)
from aiff_matching.compute.domain.options import (
    RECOMMENDED,
    Option,
    Situation,
    option_of,
    options_of,
)
from aiff_matching.compute.domain.sovereignty import meets
from aiff_matching.funding.domain import amounts as funding
from aiff_matching.funding.domain import stacking
from aiff_matching.offers.domain import placement
from aiff_matching.offers.domain.catalogue import Candidate, Gate
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import ComputeNeed, IncubationNeed, Need
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.verdicts import Check, Decision, decide, is_closed
from aiff_matching.shared.bilingual import text

Hidden = Literal[
    "not_federated",
    "sovereignty_unknown",
    "sovereignty_not_met",
    "dilutive",
    "instrument",
    "faulty",
]
HIDDEN: tuple[Hidden, ...] = get_args(Hidden)
# Columns hold a reason as one more than its place, and 0 for what is shown.
REASON_NUMBERS: Mapping[str, int] = {reason: number for number, reason in enumerate(HIDDEN, 1)}
FAULTY = REASON_NUMBERS["faulty"]
UNPUBLISHED = text(
    "Aucun critère calculable n'est publié : à confirmer auprès de l'organisme",
    "No computable criteria are published: to be confirmed with the provider",
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict with its parts. `options` is empty but for compute, where the first decides."""

    candidate: Candidate
    gate: Gate
    decision: Decision
    status: IntakeStatus
    checks: tuple[Check, ...]
    conditions: tuple[Text, ...]
    options: tuple[Option, ...] = ()
    components: funding.Components = ()


def hidden(candidate: Candidate, need: Need, situation: Situation) -> Hidden | None:
    """Return why an offer is left out of the answer, None where it is shown.

    A strict wish (sovereignty, no dilution) leaves out what fails it and what is unknown.
    """
    details = candidate.offer.details
    if isinstance(details, ComputeDetails) and not offered_to(details, need.compute):
        return "not_federated"
    if isinstance(details, ComputeDetails) and need.compute is not None:
        truth = meets(need.compute.sovereignty, details.sovereignty, situation.today)
        if truth is not Truth.TRUE:
            return "sovereignty_not_met" if truth is Truth.FALSE else "sovereignty_unknown"
    if isinstance(details, FundingDetails) and need.funding is not None:
        if funding.kept(details, need.funding):
            return None
        only_dilutive = all(part.dilution != "none" for part in details.components)
        return "dilutive" if need.funding.non_dilutive_only and only_dilutive else "instrument"
    return None


def offered_to(details: ComputeDetails, need: ComputeNeed | None) -> bool:
    """Tell whether an offer is for the job: a federation only for one declared to be spread."""
    return details.nature != "federation" or (need is not None and need.can_be_federated is True)


def assess(
    candidate: Candidate, truths: tuple[Truth, ...], known: Known, situation: Situation
) -> Assessment:
    """Return the verdict; `truths` are those of the candidate's gates, in their order."""
    if isinstance(candidate.offer.details, ComputeDetails):
        return _of_options(candidate, options_of(candidate, truths, situation))
    elsewhere = placement.condition(candidate.offer, known.facts)
    return _assessed(candidate, truths[0], known, situation, elsewhere)


def _assessed(
    candidate: Candidate,
    truth: Truth,
    known: Known,
    situation: Situation,
    elsewhere: Text | None = None,
) -> Assessment:
    gate = candidate.gate
    status = gate.status(situation.now)
    checks = tuple(_checks(candidate, known))
    conditions = tuple(_conditions(candidate, gate, status, elsewhere))
    decision = decide(truth, checks, conditional=bool(conditions), closed=is_closed(status))
    kept = _kept(candidate, known.need)
    return Assessment(candidate, gate, decision, status, checks, conditions, components=kept)


def _of_options(candidate: Candidate, options: list[Option]) -> Assessment:
    """Return the assessment of a compute offer, which is worth its best option."""
    best = options[0]
    unpublished = () if best.gate.written or best.conditions else (UNPUBLISHED,)
    return Assessment(
        candidate=candidate,
        gate=best.gate,
        decision=best.decision,
        status=best.status,
        checks=best.checks,
        conditions=(*best.conditions, *unpublished),
        options=tuple(options),
    )


def assess_way(candidate: Candidate, number: int, known: Known, situation: Situation) -> Assessment:
    """Return the verdict on one way into an offer if all its computable rules hold.

    It is that of somebody who is where the offer takes place.
    """
    if not isinstance(candidate.offer.details, ComputeDetails):
        return _assessed(candidate, Truth.TRUE, known, situation)
    return _of_options(candidate, [option_of(candidate, number, situation)])


def _conditions(
    candidate: Candidate, gate: Gate, status: IntakeStatus, elsewhere: Text | None
) -> Iterator[Text]:
    yield from candidate.offer.eligibility.conditions
    if not gate.written and not candidate.offer.eligibility.conditions:
        yield UNPUBLISHED
    if status == "by_recommendation":
        yield RECOMMENDED
    if elsewhere is not None:
        yield elsewhere


def _kept(candidate: Candidate, need: Need) -> funding.Components:
    details = candidate.offer.details
    if not isinstance(details, FundingDetails):
        return ()
    return funding.kept(details, need.funding) if need.funding else details.components


def _checks(candidate: Candidate, known: Known) -> Iterator[Check]:
    details, need = candidate.offer.details, known.need
    if isinstance(details, FundingDetails):
        parts = _kept(candidate, need)
        yield from stacking.checks(details, parts, known)
        if need.funding is not None:
            yield from funding.checks(parts, need.funding)
    if isinstance(details, IncubationDetails) and need.incubation is not None:
        yield from _equity(details, need.incubation)


def _equity(details: IncubationDetails, need: IncubationNeed) -> Iterator[Check]:
    if not need.no_equity or details.equity.basis == "none":
        return
    truth = Truth.FALSE if details.equity.basis == "taken" else Truth.UNKNOWN
    sentence = text("Sans prise de participation", "No equity taken")
    yield Check("equity", truth, sentence, blocking=False)
