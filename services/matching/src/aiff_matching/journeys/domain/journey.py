"""A journey: which offers, in which order, by when, what stands in the way and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.offer import Text
from aiff_matching.answers.domain.matching import Asked, Match, Shortlists
from aiff_matching.answers.domain.next_question import askable, question_text
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.compute.domain.schedules import Days
from aiff_matching.journeys.domain import wording
from aiff_matching.journeys.domain.choosing import (
    Chosen,
    Listed,
    choose,
    follow_ups,
    is_possible,
    is_relevant,
    reason_of_refusal,
)
from aiff_matching.journeys.domain.computing import After, compute_steps, plan_of
from aiff_matching.journeys.domain.context import JourneyContext, choice_of
from aiff_matching.journeys.domain.ordering import ordered
from aiff_matching.journeys.domain.prerequisites import REGISTRATION
from aiff_matching.journeys.domain.stages import (
    ROLES,
    STAGES,
    TOOLS,
    Role,
    Stage,
    is_planned,
    is_scaling,
    stages_asked,
)
from aiff_matching.journeys.domain.steps import (
    Choice,
    Journey,
    LeftOut,
    StageReport,
    StageStatus,
    Step,
    ToClarify,
)
from aiff_matching.offers.domain.catalogue import Catalogue

_MOST_NEAREST = 3
_MOST_LEFT_OUT = 12
_MONEY = frozenset(("grant", "loan", "equity"))


@dataclass(frozen=True, slots=True)
class _Offers:
    """The choices of each role, today and (where it is not yet) once the company exists."""

    today: Shortlists
    registered: Shortlists | None

    def listed(self, role: Role, context: JourneyContext) -> Iterator[Listed]:
        """Yield the choices, those that need nothing first."""
        now = Days(context.today, context.today)
        first = [choice_of(match, role) for match in _of(self.today, role)]
        if self.registered is None:
            yield from (Listed(choice, now) for choice in first)
            return
        # Only a company pays the taxes and charges that these lower.
        if role.job == "tax":
            first = []
        yield from (Listed(choice, now) for choice in first)
        had = {choice.key for choice in first if is_possible(choice, context)}
        later = Days(context.today, None)
        for match in _of(self.registered, role):
            choice = choice_of(match, role)
            if choice.key not in had and is_possible(choice, context):
                yield Listed(choice, later, (REGISTRATION,), registered(context))


def journey(asked: Asked, catalogue: Catalogue, gpus: GpuTable, now: datetime) -> Journey:
    """Plan a journey; the same question on the same day and catalogue has the same answer."""
    context = JourneyContext(asked, catalogue, gpus, now)
    offers = _Offers(context.shortlists(), _once_registered(context))
    chosen = Chosen()
    for role in ROLES:
        if is_planned(role, asked.profile, asked.need):
            listed = [one for one in offers.listed(role, context) if is_relevant(one.choice)]
            choose(role, listed, context, chosen)
    follow_ups(context, chosen)
    computed = _compute(context, chosen)
    steps = ordered(chosen.steps)
    return Journey(
        steps=steps,
        stages=tuple(_reports(context, chosen, offers, computed)),
        left_out=tuple(_left_out(chosen)),
        clarify=tuple(_to_clarify(steps, offers.today)),
        registration=any(REGISTRATION in step.prerequisites for step in steps),
        degraded=offers.today.degraded,
        today=context.today,
        evaluated_at=now,
        revision=catalogue.revision,
    )


def _of(lists: Shortlists, role: Role) -> Sequence[Match]:
    return lists.groups.get(role, ())


def _once_registered(context: JourneyContext) -> Shortlists | None:
    profile = context.asked.profile
    if profile.has_legal_entity is not False:
        return None
    return registered(context).shortlists()


def registered(context: JourneyContext) -> JourneyContext:
    """Return the context in which the company has been created."""
    profile = replace(context.asked.profile, has_legal_entity=True)
    return context.with_profile(profile)


def _compute(context: JourneyContext, chosen: Chosen) -> list[Choice]:
    """Add the steps to GPU hours; return all ways, for what comes nearest."""
    need = context.asked.need
    allowed = need.kinds is None or "compute" in need.kinds
    if need.compute is None or not allowed:
        return []
    choices = plan_of(context).choices
    steps = compute_steps(context, None)
    if not steps and context.asked.profile.has_legal_entity is False:
        after = After(Days(context.today, None), (REGISTRATION,))
        steps = compute_steps(registered(context), after)
    chosen.steps += steps
    return choices


def _reports(
    context: JourneyContext, chosen: Chosen, offers: _Offers, computed: list[Choice]
) -> Iterator[StageReport]:
    for stage in STAGES:
        steps = [step for step in chosen.steps if step.stage == stage]
        status, sentence = _status(stage, steps, context)
        nearest: tuple[LeftOut, ...] = ()
        if status == "gap":
            near = _nearest(stage, chosen, offers, computed)
            nearest = tuple(islice(near, _MOST_NEAREST))
            sentence = sentence if nearest else wording.NOTHING
        yield StageReport(stage, status, sentence, nearest)


def _status(stage: Stage, steps: list[Step], context: JourneyContext) -> tuple[StageStatus, Text]:
    need, jobs = context.asked.need, {step.choice.role.job for step in steps}
    scaling = is_scaling(context.asked.profile)
    if stage not in stages_asked(need):
        return "not_asked", wording.NOT_NEEDED
    if stage == "scale" and scaling is not True:
        return "not_yet", wording.NOT_YET if scaling is False else wording.STAGE_UNKNOWN
    if stage == "build_and_test" and need.compute and all(s.choice.planned is None for s in steps):
        return "gap", wording.NOT_COMPUTE
    if stage == "fund" and not jobs & _MONEY:
        return "gap", wording.NOT_MONEY
    covered = any(step.choice.role not in TOOLS for step in steps)
    return ("covered", wording.COVERED) if covered else ("gap", wording.NEAREST)


def _nearest(
    stage: Stage, chosen: Chosen, offers: _Offers, computed: list[Choice]
) -> Iterator[LeftOut]:
    """Yield what came nearest: left out with a reason, then refused."""
    held = {step.key for step in chosen.steps}
    seen: set[str] = set()
    nearest = [left for left in chosen.left_out if left.choice.role.stage == stage]
    choices = [
        choice_of(match, role)
        for role in ROLES
        if role.stage == stage
        for match in _of(offers.today, role)
    ]
    if stage == "build_and_test":
        choices = [*computed, *choices]
    for left in (*nearest, *(LeftOut(c, *reason_of_refusal(c)) for c in choices)):
        if left.choice.offer.slug not in seen and left.choice.key not in held:
            seen.add(left.choice.offer.slug)
            yield left


def _left_out(chosen: Chosen) -> Iterator[LeftOut]:
    """Yield what was left out, each once: exclusions, then what closes too early or is closed."""
    held = {step.key for step in chosen.steps}
    left_out: dict[str, LeftOut] = {}
    for left in chosen.left_out:
        if left.choice.key not in held:
            left_out.setdefault(left.choice.key, left)
    ranks = ("excluded", "too_late", "closed")
    first = sorted(left_out.values(), key=lambda left: (ranks.index(left.why), left.choice.key))
    yield from islice(first, _MOST_LEFT_OUT)


def _to_clarify(steps: Iterable[Step], lists: Shortlists) -> Iterator[ToClarify]:
    """Yield the questions that steps wait for, those of most steps first."""
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    for step in steps:
        names = {reason.attribute for reason in step.choice.reasons.unknown}
        known = [name for name in names if name in ATTRIBUTES]
        for name in askable(known, lists.known.facts):
            waiting[name].append(step.key)
    for name, keys in sorted(waiting.items(), key=lambda item: (-len(item[1]), item[0])):
        yield ToClarify(name, question_text(name), tuple(keys))
