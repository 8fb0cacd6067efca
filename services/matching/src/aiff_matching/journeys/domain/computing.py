"""The steps to GPU hours: an allocation, a cloud until it begins, start-up credits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from aiff_contracts.offer import ComputeDetails, Gpu
from aiff_contracts.offer.intake import next_deadline, next_opening
from aiff_matching.answers.domain.assessment import hidden
from aiff_matching.compute.domain.gpus import same_model
from aiff_matching.compute.domain.options import Situation
from aiff_matching.compute.domain.schedules import Days
from aiff_matching.journeys.domain import wording
from aiff_matching.journeys.domain.choosing import is_possible
from aiff_matching.journeys.domain.comparing import alternatives
from aiff_matching.journeys.domain.context import JourneyContext
from aiff_matching.journeys.domain.prerequisites import prerequisites_of
from aiff_matching.journeys.domain.stages import Role, Stage
from aiff_matching.journeys.domain.steps import Choice, Prerequisite, Step
from aiff_matching.journeys.domain.timing import DAYS_A_MONTH, Timing
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.plans.domain.plan import Plan, PlanAsked, plan
from aiff_matching.plans.domain.planned import Planned
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.verdicts import Decision, Verdict
from aiff_matching.shared.intervals import Between

STAGE: Stage = "build_and_test"
_PUBLIC = frozenset(("machine", "access_route", "federation"))


@dataclass(frozen=True, slots=True)
class After:
    """What a step waits for, and when that is done."""

    days: Days
    prerequisites: tuple[Prerequisite, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """The compute plan, and its options as choices without those that a wish hides."""

    plan: Plan
    choices: list[Choice]
    possible: list[Choice]

    def first(self, natures: Iterable[str]) -> Choice | None:
        """Return the best possible way of some natures."""
        wanted = set(natures)
        return next((choice for choice in self.possible if _nature(choice) in wanted), None)


def plan_of(context: JourneyContext) -> Ways:
    """Return every way to the hours."""
    asked = context.asked
    compute_plan = plan(
        PlanAsked(asked.profile, asked.need), context.catalogue, context.gpus, context.now
    )
    situation = Situation.of(asked.need.compute, context.gpus, context.now)
    shown = (
        entry.planned
        for entry in compute_plan.entries
        if hidden(entry.planned.candidate, asked.need, situation) is None
    )
    choices = [_choice(entry, context.catalogue) for entry in shown]
    possible = _preferred((choice for choice in choices if is_possible(choice, context)), context)
    return Ways(compute_plan, choices, possible)


def compute_steps(context: JourneyContext, after: After | None) -> list[Step]:
    """Return the best allocation, the cloud that fills the time before it, and credits.

    A team that does not know high-performance computing begins with a small allocation. Where
    no way carries the whole work, the parts of the best combination are the steps. `after` is
    what all of them wait for.
    """
    ways = plan_of(context)
    steps = list(_allocations(ways, context, after))
    cloud = ways.first({"cloud"})
    if not steps and cloud is None:
        return list(_combined(ways, context, after))
    if cloud is not None and (not steps or _is_wanted(steps[-1], context)):
        steps.append(_step(cloud, "cloud", ways.possible, context, after))
    credit = ways.first({"credits"})
    if credit is not None:
        steps.append(_step(credit, "credits", ways.possible, context, after))
    return steps


def _allocations(ways: Ways, context: JourneyContext, after: After | None) -> Iterator[Step]:
    """Yield the best allocation; for beginners a small one, then what asks for experience."""
    trial = _trial(ways.choices, context)
    if trial is not None:
        first = _step(trial, "trial", [], context, after)
        limit = trial.planned.explained.option.mode if trial.planned else None
        yield replace(first, cautions=(wording.part_of(limit),) if limit else ())
        profile = replace(context.asked.profile, hpc_experience=True)
        later = plan_of(context.with_profile(profile)).possible
        best = next((choice for choice in later if _needs_experience(choice)), None)
        if best is not None:
            prerequisite = Prerequisite("experience", wording.EXPERIENCED, first.key)
            done = first.timing.ends or Days(first.timing.begins.first, None)
            yield _step(best, "allocation", later, context, After(done, (prerequisite,)))
            return
    allocation = ways.first(_PUBLIC)
    if allocation is not None:
        yield _step(allocation, "allocation", ways.possible, context, after)


def _trial(choices: list[Choice], context: JourneyContext) -> Choice | None:
    """Return a small allocation for beginners: refused only because the work is larger."""
    if context.asked.profile.hpc_experience is not False:
        return None
    small = (choice for choice in choices if _nature(choice) in _PUBLIC and _is_part(choice))
    best = next(iter(_preferred(small, context)), None)
    if best is None:
        return None
    verdict: Verdict = "to_confirm" if best.reasons.conditions else "eligible"
    reasons = replace(best.reasons, failing=())
    return replace(best, decision=Decision(verdict, verdict), reasons=reasons, counterfactuals=())


def _is_part(choice: Choice) -> bool:
    option = choice.planned.explained.option if choice.planned else None
    failing = {reason.code for reason in choice.reasons.failing}
    if option is None or option.mode is None or choice.status != "open":
        return False
    return failing == {"quota"} and not choice.reasons.unknown and bool(option.mode.maximum)


def _preferred(choices: Iterable[Choice], context: JourneyContext) -> list[Choice]:
    """Put first what surely fits: a stated quota, a stated price, the GPU that was measured.

    The plan's own order decides between equals.
    """
    measured = _measured(context)
    return sorted(choices, key=lambda choice: _preference(choice, measured))


@dataclass(frozen=True, slots=True)
class _Measured:
    """The GPU on which the need's hours were measured, and its stack; None is unknown."""

    model: str | None
    stack: str | None

    def distance(self, gpu: Gpu | None) -> int:
        """Return 0 for the same GPU, 1 for a route to several machines, 3 for another stack."""
        if gpu is None:
            return 1
        if self.model is not None and same_model(gpu.model, self.model):
            return 0
        return 3 if self.stack and gpu.stack and gpu.stack != self.stack else 2


def _measured(context: JourneyContext) -> _Measured:
    """Return the measured GPU; its stack is what the catalogue says of the same model."""
    need = context.asked.need.compute
    model = need.gpu_model if need else None
    if model is None:
        return _Measured(None, None)
    details = (candidate.offer.details for candidate in context.catalogue.candidates)
    gpus = (
        compute.gpu for compute in details if isinstance(compute, ComputeDetails) and compute.gpu
    )
    stacks = (gpu.stack for gpu in gpus if gpu.stack and same_model(gpu.model, model))
    return _Measured(model, next(stacks, None))


def _preference(choice: Choice, measured: _Measured) -> tuple[object, ...]:
    planned = choice.planned
    assert planned is not None  # noqa: S101 - compute choices are planned.
    option = planned.explained.option
    quota = [check.truth for check in option.checks if check.code == "quota"]
    seen = {seen_fact.fact.state for seen_fact in planned.availability if not seen_fact.expired}
    bought = planned.details.nature == "cloud"
    return (
        choice.decision.if_open == "unknown",
        choice.status == "closed" or seen == {"closed"},
        min(quota, default=Truth.TRUE) is not Truth.TRUE,
        bought and option.cost.euros() is None,
        measured.distance(planned.details.gpu),
    )


def _needs_experience(choice: Choice) -> bool:
    return any(reason.attribute == "hpc_experience" for reason in choice.reasons.passing)


def _is_wanted(allocation: Step, context: JourneyContext) -> bool:
    """Tell whether a cloud is a step too: for production, or until the allocation surely begins."""
    need = context.asked.need.compute
    if need is not None and (need.purpose == "production" or need.task == "inference"):
        return True
    return allocation.timing.in_time in {Truth.FALSE, Truth.UNKNOWN}


def _nature(choice: Choice) -> str:
    return choice.planned.details.nature if choice.planned else ""


def _combined(ways: Ways, context: JourneyContext, after: After | None) -> Iterator[Step]:
    known = {choice.key: choice for choice in ways.choices}
    for made in ways.plan.combinations:
        parts = [part.usable.planned for part in made.parts]
        if all(part.key in known for part in parts):
            for number, part in enumerate(parts, 1):
                yield _step(known[part.key], f"share_{number}", [], context, after)
            return


def _step(
    choice: Choice, job: str, possible: list[Choice], context: JourneyContext, after: After | None
) -> Step:
    chosen = replace(choice, role=Role(STAGE, job))
    natures = _PUBLIC if _nature(choice) in _PUBLIC else {_nature(choice)}
    others = {_way(other): other for other in reversed(possible) if _nature(other) in natures}
    others.pop(_way(choice), None)
    ranked = [other for other in possible if others.get(_way(other)) is other]
    prerequisites = after.prerequisites if after else ()
    return Step(
        choice=chosen,
        timing=_timing(chosen, context, after.days if after else None),
        prerequisites=(*prerequisites, *prerequisites_of(chosen)),
        alternatives=alternatives(chosen, ranked),
    )


def _way(choice: Choice) -> str:
    """Return what counts as one way: a public access mode over all machines, each cloud."""
    option = choice.planned.explained.option if choice.planned else None
    public = _nature(choice) in _PUBLIC
    return option.mode.id if public and option and option.mode else choice.offer.slug


def _timing(choice: Choice, context: JourneyContext, after: Days | None) -> Timing:
    planned = choice.planned
    assert planned is not None  # noqa: S101 - compute choices are planned.
    floor = after or Days(context.today, context.today)
    opening = next_opening(choice.intake, context.now)
    ahead = [
        cut_off.moment for cut_off in planned.schedule.cut_offs if cut_off.moment.on >= floor.first
    ]
    begins = planned.schedule.access
    if after is not None:
        begins = Days(max(begins.first, after.first), None)
    apply = floor.not_before(opening.on if opening else None)
    timing = Timing(
        status=choice.status,
        apply=Days(apply.first, None) if choice.status == "unknown" else apply,
        opens=opening,
        apply_by=ahead[0] if ahead else next_deadline(choice.intake, context.now),
        later=tuple(ahead[1:]),
        begins=begins,
        ends=_ends(planned, begins, later=after is not None),
        collects=bool(ahead),
    )
    return timing.due(context.deadline(STAGE))


def _ends(planned: Planned, begins: Days, *, later: bool) -> Days | None:
    """Return when the work is done, else when the allocation ends; None where neither is known."""
    if planned.schedule.finish is not None and not later:
        return planned.schedule.finish
    mode = planned.explained.option.mode
    months = mode.durations_months if mode else None
    if not months:
        return None
    return begins.later(Between(min(months) * DAYS_A_MONTH, max(months) * DAYS_A_MONTH))


def _choice(planned: Planned, catalogue: Catalogue) -> Choice:
    option = planned.explained.option
    return Choice(
        key=planned.key,
        role=Role(STAGE, "compute"),
        candidate=catalogue.candidates[planned.candidate.row],
        decision=option.decision,
        status=option.status,
        intake=option.gate.intake,
        reasons=planned.explained.reasons,
        counterfactuals=planned.explained.counterfactuals,
        score=None,
        planned=planned,
    )
