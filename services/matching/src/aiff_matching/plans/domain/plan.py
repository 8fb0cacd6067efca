"""A compute plan: every way to the hours of a job, side by side, and the best ones marked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.gpu_names import memories_of
from aiff_contracts.offer import ComputeDetails, Text
from aiff_matching.answers.domain.assessment import offered_to
from aiff_matching.answers.domain.explanation import Explainer
from aiff_matching.answers.domain.matching import explained_option, own_truths
from aiff_matching.answers.domain.next_question import askable, question_text
from aiff_matching.compute.domain import workloads
from aiff_matching.compute.domain.gpus import REFERENCE_MODEL, GpuTable, Naming
from aiff_matching.compute.domain.memory import Memory, devices_needed, memory_of
from aiff_matching.compute.domain.options import Situation, options_of
from aiff_matching.compute.domain.serving import Serving, serving_of
from aiff_matching.compute.domain.workloads import Workload
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue
from aiff_matching.plans.domain.combinations import Combination, combinations
from aiff_matching.plans.domain.pareto import Dominance, dominances
from aiff_matching.plans.domain.planned import Member, Planned, planned
from aiff_matching.profiles.domain.facts import Facts, Known
from aiff_matching.profiles.domain.need import ComputeNeed, Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.verdicts import order
from aiff_matching.shared.bilingual import text

TimeBasis = Literal["finish", "access"]
_COMPARED = frozenset(("eligible", "to_confirm", "unknown"))
_INPUTS: dict[str, Text] = {
    "task": text("Quelle tâche (entraînement, affinage, inférence) ?", "Which task?"),
    "parameters_b": text(
        "Combien de milliards de paramètres ?", "How many billions of parameters?"
    ),
    "tokens_b": text(
        "Combien de milliards de jetons, ou combien d'heures GPU mesurées ?",
        "How many billions of tokens, or how many GPU hours measured?",
    ),
    "stack": text("Quelle pile : CUDA, ROCm ou les deux ?", "Which stack: CUDA, ROCm or any?"),
    "gpus_min": text("Combien de GPU dans un même travail ?", "How many GPUs in one job?"),
    "start": text("Quand voulez-vous commencer ?", "When do you want to start?"),
    "data_class": text("Quelle classe de données ?", "Which class of data?"),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that would tell more, and how many options wait for it (0: the whole plan)."""

    attribute: str
    question: Text
    concerns: int


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """An option, and where it stands; None where it is refused or closed and so not compared."""

    planned: Planned
    dominance: Dominance | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole answer. `time_basis` says which day the comparison of time takes."""

    need: ComputeNeed
    work: Workload | None
    naming: Naming | None
    memory: Memory | None
    serving: Serving | None
    entries: tuple[PlanEntry, ...]
    combinations: tuple[Combination, ...]
    left_out: Mapping[str, int]
    missing: tuple[Missing, ...]
    time_basis: TimeBasis
    gpu_table: str
    evaluated_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """Who asks, and for which project; its compute part is planned."""

    profile: Profile
    need: Need


def plan(asked: PlanAsked, catalogue: Catalogue, gpus: GpuTable, now: datetime) -> Plan:
    """Return every access mode and cloud as an option, compared and combined."""
    need = asked.need.compute or ComputeNeed()
    situation = Situation.of(need, gpus, now)
    known = Known.of(asked.profile, asked.need, situation.today, catalogue.aid)
    candidates = [
        candidate for candidate in catalogue.candidates if candidate.offer.kind == "compute"
    ]
    offered = [candidate for candidate in candidates if offered_to(_details(candidate), need)]
    options = list(_options(offered, catalogue, known, situation))
    basis: TimeBasis = "finish" if any(option.schedule.finish for option in options) else "access"
    return Plan(
        need=need,
        work=situation.work,
        naming=situation.naming,
        memory=memory_of(need),
        serving=_serving(need, situation),
        entries=_compared(options, situation.today, basis),
        combinations=combinations(options, need) if situation.work else (),
        left_out=Counter({"not_federated": len(candidates) - len(offered)}),
        missing=tuple(_missing(need, options, known.facts)),
        time_basis=basis,
        gpu_table=gpus.version,
        evaluated_at=now,
        revision=catalogue.revision,
    )


def _serving(need: ComputeNeed, situation: Situation) -> Serving | None:
    """Return what the named GPU serves, else the reference, where its memory is not asked."""
    row = situation.naming.row if situation.naming else situation.gpus.find(REFERENCE_MODEL)
    if row is None:
        return None
    name, memory = need.gpu_model or REFERENCE_MODEL, memory_of(need)
    sizes = memories_of(name)
    fewest = {devices_needed(memory.total, size) for size in sizes} if memory else set()
    replica = fewest.pop() if len(fewest) == 1 else None
    return serving_of(need, row, name, replica, situation.gpus)


def _details(candidate: Candidate) -> ComputeDetails:
    details = candidate.offer.details
    assert isinstance(details, ComputeDetails)  # noqa: S101 - the caller chose by kind.
    return details


def _options(
    candidates: Iterable[Candidate], catalogue: Catalogue, known: Known, situation: Situation
) -> Iterator[Planned]:
    truths, explainer = catalogue.truths(known), Explainer(known, catalogue.titles)
    offers = {candidate.offer.slug: candidate.offer for candidate in catalogue.candidates}
    for candidate in candidates:
        joined = _details(candidate).members
        members = tuple(Member(member, offers.get(member.offer)) for member in joined)
        for option in options_of(candidate, own_truths(candidate, truths), situation):
            explained = explained_option(option, explainer)
            yield planned(candidate, explained, situation, members)


def _compared(options: list[Planned], today: date, basis: TimeBasis) -> tuple[PlanEntry, ...]:
    """Compare what can be had; what is refused or closed stays listed after it."""
    points = {
        option.key: option.point(today, by_finish=basis == "finish")
        for option in options
        if option.explained.option.decision.verdict in _COMPARED
    }
    dominance = dominances(points)
    entries = [PlanEntry(option, dominance.get(option.key)) for option in options]
    return tuple(sorted(entries, key=_best_first))


def _best_first(entry: PlanEntry) -> tuple[object, ...]:
    option, dominance = entry.planned.explained.option, entry.dominance
    behind = len(dominance.dominated_by) + len(dominance.outranked_by) if dominance else 0
    schedule = entry.planned.schedule
    last = (schedule.finish or schedule.access).last or date.max
    euros = option.cost.euros()
    cost = euros.high if euros else float("inf")
    return order(option.decision), behind, last, cost, entry.planned.key


def _missing(need: ComputeNeed, options: list[Planned], facts: Facts) -> Iterator[Missing]:
    asked = [name for name in _INPUTS if name not in workloads.INPUTS and not getattr(need, name)]
    for name in (*workloads.missing(need), *asked):
        yield Missing(name, _INPUTS[name], 0)
    waiting: Counter[str] = Counter()
    for option in options:
        names = {reason.attribute for reason in option.explained.reasons.unknown}
        waiting.update(askable((name for name in names if name in ATTRIBUTES), facts))
    for name, count in sorted(waiting.items(), key=lambda item: (-item[1], item[0])):
        yield Missing(name, question_text(name), count)
