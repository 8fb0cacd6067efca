"""From the domain's journey to the interface's."""

from aiff_contracts.offer import Moment
from aiff_matching.answers.domain.explanation import VERDICT_SENTENCES
from aiff_matching.answers.entrypoints.http.presenting import (
    action_of,
    amount_view,
    cost_view,
    counterfactual_view,
    cut_off_view,
    offer_view,
    reasons_view,
)
from aiff_matching.answers.entrypoints.http.schemas import CutOffView
from aiff_matching.journeys.domain.stages import STAGE_TITLES
from aiff_matching.journeys.domain.steps import (
    Alternative,
    Choice,
    Journey,
    LeftOut,
    StageReport,
    Step,
)
from aiff_matching.journeys.domain.timing import Timing
from aiff_matching.journeys.entrypoints.http.schemas import (
    AlternativeView,
    JourneyStepView,
    JourneyView,
    LeftOutView,
    PrerequisiteView,
    StageView,
    TimingView,
    ToClarifyView,
    WayView,
)
from aiff_matching.plans.entrypoints.http.parts import answered, days_view


def journey_view(journey: Journey) -> JourneyView:
    """Return what is sent for a journey."""
    return JourneyView(
        steps=tuple(_step(step, place) for place, step in enumerate(journey.steps, 1)),
        stages=tuple(_stage(report, journey) for report in journey.stages),
        left_out=tuple(map(_left_out, journey.left_out)),
        to_clarify=tuple(
            ToClarifyView(question.attribute, question.question, question.steps)
            for question in journey.clarify
        ),
        needs_registration=journey.registration,
        degraded=journey.degraded,
        today=journey.today,
        evaluated_at=journey.evaluated_at,
        catalogue_revision=journey.revision,
    )


def _step(step: Step, position: int) -> JourneyStepView:
    choice = step.choice
    decision = choice.decision
    return JourneyStepView(
        id=step.key,
        position=position,
        stage=step.stage,
        job=choice.role.job,
        offer=offer_view(choice.candidate),
        way=_way(choice),
        verdict=decision.verdict,
        if_open=decision.if_open,
        sentence=VERDICT_SENTENCES[decision.verdict],
        intake_status=choice.status,
        action=action_of(decision.verdict, decision.if_open, choice.status),
        timing=_timing(step.timing),
        requires=tuple(
            PrerequisiteView(prerequisite.kind, prerequisite.sentence, prerequisite.step)
            for prerequisite in step.prerequisites
        ),
        components=choice.components,
        reasons=reasons_view(choice.reasons),
        cautions=step.cautions,
        alternatives=tuple(map(_alternative, step.alternatives)),
    )


def _way(choice: Choice) -> WayView | None:
    if choice.planned is None:
        return None
    option = choice.planned.explained.option
    mode = option.mode
    return WayView(
        id=mode.id if mode else None,
        name=mode.name if mode else None,
        programme=mode.programme if mode else None,
        amount=amount_view(option.amount),
        cost=cost_view(option.cost),
    )


def _timing(timing: Timing) -> TimingView:
    return TimingView(
        apply=days_view(timing.apply),
        opens=_moment(timing.opens),
        apply_by=_moment(timing.apply_by),
        later=tuple(map(cut_off_view, timing.later)),
        begins=days_view(timing.begins),
        ends=days_view(timing.ends) if timing.ends else None,
        deadline=timing.deadline,
        in_time=None if timing.in_time is None else answered(timing.in_time),
    )


def _moment(moment: Moment | None) -> CutOffView | None:
    return cut_off_view(moment) if moment else None


def _alternative(alternative: Alternative) -> AlternativeView:
    choice = alternative.choice
    return AlternativeView(
        offer=offer_view(choice.candidate),
        way=_way(choice),
        verdict=choice.decision.verdict,
        if_open=choice.decision.if_open,
        score=None if choice.score is None else round(choice.score, 6),
        why=alternative.sentence,
    )


def _left_out(left_out: LeftOut) -> LeftOutView:
    choice = left_out.choice
    return LeftOutView(
        offer=offer_view(choice.candidate),
        stage=choice.role.stage,
        why=left_out.why,
        sentence=left_out.sentence,
        step=left_out.step,
        counterfactuals=tuple(map(counterfactual_view, choice.counterfactuals)),
    )


def _stage(report: StageReport, journey: Journey) -> StageView:
    return StageView(
        stage=report.stage,
        title=STAGE_TITLES[report.stage],
        status=report.status,
        sentence=report.sentence,
        steps=tuple(step.key for step in journey.steps if step.stage == report.stage),
        nearest=tuple(map(_left_out, report.nearest)),
    )
