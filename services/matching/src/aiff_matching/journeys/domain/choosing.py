"""Which offers become steps: the best of each role, one after the other, never two that clash.

Aid is checked as if what was chosen before had been granted: the rules between offers (mutual
exclusion, once per beneficiary, de minimis, cumulated rate) then decide as they do for prior aid.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aiff_contracts.offer import FundingDetails, Text
from aiff_contracts.offer.intake import PhaseGated, next_opening
from aiff_matching.answers.domain.explanation import Reason
from aiff_matching.compute.domain.schedules import Days
from aiff_matching.journeys.domain import wording
from aiff_matching.journeys.domain.comparing import alternatives
from aiff_matching.journeys.domain.context import JourneyContext, aid_of, choice_of
from aiff_matching.journeys.domain.prerequisites import after_step, prerequisites_of
from aiff_matching.journeys.domain.stages import ROLES, TOOLS, Role
from aiff_matching.journeys.domain.steps import Choice, LeftOut, Prerequisite, Step, Why
from aiff_matching.journeys.domain.timing import Timing, timing_of
from aiff_matching.profiles.domain.aid import slugs_of
from aiff_matching.profiles.domain.wording import joined
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.bilingual import text

POSSIBLE = frozenset(("eligible", "to_confirm", "unknown"))
# Money that is not an aid of the state does not count as one in the rules about aid.
_STACKED = frozenset(("grant", "loan", "tax", "other", "follow_up"))
_MOST_ALTERNATIVES = 2
# Half as close to the need's text as the closest offer of all.
_CLOSE = 0.5
_OF_STACKING = frozenset(("de_minimis", "cumulated_rate", "own_equity"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A choice with what it needs first: `after` is when that is done.

    `context` is the one in which it was judged, None for today's.
    """

    choice: Choice
    after: Days
    prerequisites: tuple[Prerequisite, ...] = ()
    context: JourneyContext | None = None


@dataclass(slots=True)
class Chosen:
    """The steps so far, and what was left out."""

    steps: list[Step] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def aided(self, context: JourneyContext) -> JourneyContext:
        """Return the context in which the funding steps were granted."""
        project = context.asked.need.project
        aids = (aid_of(step.choice, project, context.today) for step in self.steps if _stacks(step))
        return context.having(aid for aid in aids if aid is not None)


def is_possible(choice: Choice, context: JourneyContext) -> bool:
    """Tell whether one can have it now, soon, or at an opening that is published."""
    if choice.decision.if_open not in POSSIBLE:
        return False
    return choice.status != "closed" or next_opening(choice.intake, context.now) is not None


def is_relevant(choice: Choice) -> bool:
    """Tell whether a tool is close to the need's text; other steps answer a part of the need."""
    if choice.role not in TOOLS:
        return True
    parts = choice.match.scored.contributions if choice.match is not None else ()
    return any(p.criterion == "text" and p.known and p.value >= _CLOSE for p in parts)


def choose(role: Role, listed: Sequence[Listed], context: JourneyContext, chosen: Chosen) -> None:
    """Add the steps of one role: the best that are possible and clash with nothing before."""
    timed = list(_timed(listed, context, chosen))
    timed.sort(key=lambda pair: _rank(pair[0].choice, pair[1]))
    taken: list[tuple[Listed, Timing]] = []
    passed: list[Choice] = []
    for entry, timing in timed:
        if len(passed) == _MOST_ALTERNATIVES:
            break
        clash, cautions = _clash(entry.choice, entry.context or context, chosen)
        if clash is not None:
            chosen.left_out.append(clash)
        elif len(taken) < ROLES.get(role, 1) and _is_another(entry.choice, taken):
            taken.append((entry, timing))
            chosen.steps.append(_step(entry, timing, cautions))
        else:
            passed.append(entry.choice)
    _add_alternatives(chosen, len(taken), passed)


def _is_another(choice: Choice, taken: list[tuple[Listed, Timing]]) -> bool:
    """Tell whether a choice comes from another provider: two of one are often variants."""
    return choice.candidate.provider not in {e.choice.candidate.provider for e, _ in taken}


def follow_ups(context: JourneyContext, chosen: Chosen) -> None:
    """Add what opens to those who had one of the chosen funding steps: its next phase."""
    waiting = [
        step for step in chosen.steps if isinstance(step.choice.offer.details, FundingDetails)
    ]
    while waiting:
        before = waiting.pop(0)
        for row in _next_phases(before.choice.offer.slug, context):
            entry = _follow_up(row, before, chosen.aided(context))
            known = len(chosen.steps)
            if is_possible(entry.choice, context):
                choose(entry.choice.role, [entry], context, chosen)
                waiting += chosen.steps[known:]


def _follow_up(row: int, before: Step, context: JourneyContext) -> Listed:
    match = context.judged(row)
    choice = choice_of(match, Role("fund", "follow_up"))
    done = before.timing.ends or Days(before.timing.begins.first, None)
    return Listed(choice, done, (after_step(before),))


def _next_phases(slug: str, context: JourneyContext) -> Iterator[int]:
    for candidate in context.catalogue.candidates:
        details, intake = candidate.offer.details, candidate.offer.intake
        needed = details.stacking.needs_prior if isinstance(details, FundingDetails) else ()
        gated = isinstance(intake, PhaseGated) and intake.after == slug
        if slug in needed or gated:
            yield candidate.row


def _timed(
    listed: Iterable[Listed], context: JourneyContext, chosen: Chosen
) -> Iterator[tuple[Listed, Timing]]:
    for entry in listed:
        choice = entry.choice
        if not is_possible(choice, context):
            if choice.decision.if_open in POSSIBLE:
                chosen.left_out.append(LeftOut(choice, "closed", wording.CLOSED))
            continue
        timing = timing_of(choice.offer, choice.intake, choice.status, context.now, entry.after)
        if timing is None:
            chosen.left_out.append(LeftOut(choice, "too_late", wording.TOO_LATE))
            continue
        deadline = context.deadline(choice.role.stage)
        yield entry, timing.due(deadline)


def _rank(choice: Choice, timing: Timing) -> tuple[bool, ...]:
    """Put behind what surely comes too late, what waits for answers, and what is not open."""
    late = timing.in_time is Truth.FALSE
    waits = choice.status in {"closed", "by_recommendation"}
    # A call whose calendar nobody knows comes after one that takes applications.
    undated = choice.offer.kind != "training" and choice.status == "unknown"
    return late, choice.decision.if_open == "unknown", waits or undated


def _clash(
    choice: Choice, context: JourneyContext, chosen: Chosen
) -> tuple[LeftOut | None, tuple[Text, ...]]:
    """Return why a choice cannot join the steps before it, else what their sum leaves of it."""
    aided = chosen.aided(context)
    if choice.role.job not in _STACKED or choice.match is None or not aided.granted:
        return None, ()
    match = aided.judged(choice.candidate.row)
    before = {reason.sentence for reason in choice.reasons.failing}
    granted = slugs_of(aided.granted)
    new = [reason for reason in match.reasons.failing if reason.sentence not in before]
    failing = [
        reason for reason in new if reason.attribute != "prior_aid" or _names(reason, granted)
    ]
    if match.scored.assessment.decision.if_open == "not_eligible" and failing:
        return _left_out(choice, failing, chosen), ()
    known = {reason.sentence for reason in choice.reasons.passing}
    said = [reason for reason in match.reasons.passing if reason.code in _OF_STACKING]
    stated = context.asked.profile.prior_aid is not None
    return None, tuple(
        reason.sentence for reason in said if stated and reason.sentence not in known
    )


def _names(reason: Reason, slugs: frozenset[str]) -> bool:
    """Tell whether a rule about earlier aid fails because of these, not for want of others."""
    limit = reason.limit
    return bool(slugs & {limit} if isinstance(limit, str) else slugs & set(limit or ()))  # type: ignore[call-overload]


def _left_out(choice: Choice, failing: Sequence[Reason], chosen: Chosen) -> LeftOut:
    rival = _rival(choice, chosen)
    why = joined([reason.sentence for reason in failing], "et", "and")
    if rival is not None:
        title = rival.choice.offer.title
        why = text(
            f"Ne se cumule pas avec « {title.fr} », retenue avant elle. {why.fr}",
            f"Cannot be combined with “{title.en}”, which was chosen before it. {why.en}",
        )
    return LeftOut(choice, "excluded", why, rival.key if rival else None)


def _rival(choice: Choice, chosen: Chosen) -> Step | None:
    return next((step for step in chosen.steps if excludes(step.choice, choice)), None)


def excludes(one: Choice, other: Choice) -> bool:
    """Tell whether the published rules exclude having both."""
    return other.offer.slug in _excluded(one) or one.offer.slug in _excluded(other)


def _excluded(choice: Choice) -> tuple[str, ...]:
    details = choice.offer.details
    return details.stacking.excludes if isinstance(details, FundingDetails) else ()


def _stacks(step: Step) -> bool:
    return step.choice.role.job in _STACKED


def _step(entry: Listed, timing: Timing, cautions: tuple[Text, ...]) -> Step:
    late = timing.apply_by is not None and timing.apply.last is None and entry.after.last is None
    said = (*cautions, wording.MAY_BE_TOO_LATE) if late else cautions
    prerequisites = (*entry.prerequisites, *prerequisites_of(entry.choice))
    return Step(entry.choice, timing, prerequisites, cautions=said)


def _add_alternatives(chosen: Chosen, taken: int, passed: list[Choice]) -> None:
    """Give each new step the next best choices of its role."""
    first = len(chosen.steps) - taken
    for place in range(first, len(chosen.steps)):
        step = chosen.steps[place]
        others = alternatives(step.choice, passed)
        chosen.steps[place] = Step(
            step.choice, step.timing, step.prerequisites, others, step.cautions
        )


def reason_of_refusal(choice: Choice) -> tuple[Why, Text]:
    """Return why a choice is not possible."""
    failing = [reason.sentence for reason in choice.reasons.failing]
    if choice.decision.if_open == "not_eligible" and failing:
        return "not_eligible", joined(failing, "et", "and")
    return "closed", wording.CLOSED
