"""An option of a compute plan as it is sent."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from aiff_contracts.offer import Text
from aiff_matching.answers.entrypoints.http.presenting import (
    cut_off_view,
    offer_view,
    option_view,
)
from aiff_matching.compute.domain import sovereignty
from aiff_matching.plans.domain.pareto import CRITERIA, Criterion, Dominance
from aiff_matching.plans.domain.plan import Plan, PlanEntry
from aiff_matching.plans.domain.planned import Member, Planned, Schedule
from aiff_matching.plans.entrypoints.http.parts import (
    answered,
    days_view,
    formula_view,
    range_view,
    serving_view,
)
from aiff_matching.plans.entrypoints.http.schemas import (
    CertificateView,
    CutOffAheadView,
    FacetView,
    FitView,
    HardwareView,
    MemberView,
    PlanOptionView,
    PresetView,
    ScheduleView,
    SeenView,
    SideCostView,
    SovereigntyView,
    StandingView,
    SupportFactView,
)
from aiff_matching.shared.bilingual import text

_HARDWARE = frozenset(("stack", "cpu_architecture", "gpu_memory", "model_memory", "gpus"))
_BEST_FR: dict[Criterion, str] = {
    "time": "la plus tôt terminée",
    "cost": "la moins chère",
    "sovereignty": "la plus souveraine",
    "support": "la mieux accompagnée",
}
_BEST_EN: dict[Criterion, str] = {
    "time": "done the earliest",
    "cost": "the cheapest",
    "sovereignty": "the most sovereign",
    "support": "the best supported",
}
_OPTIMAL = {
    "surely": text("Aucune option ne peut faire mieux", "No option can do better"),
    "possibly": text("Aucune option ne fait mieux à coup sûr", "No option does surely better"),
}


def plan_option_view(entry: PlanEntry, plan: Plan, titles: Mapping[str, Text]) -> PlanOptionView:
    """Return what is sent for an option; `titles` are those of all options by key."""
    planned, wanted = entry.planned, plan.need.start
    dominance = entry.dominance
    return PlanOptionView(
        key=planned.key,
        offer=offer_view(planned.candidate),
        option=option_view(planned.explained),
        gpu_hours=range_view(planned.hours) if planned.hours else None,
        conversion=formula_view(planned.conversion) if planned.conversion else None,
        hardware=_hardware(planned),
        serving=serving_view(planned.serving) if planned.serving else None,
        cost_per_million_tokens_eur=(
            range_view(planned.cost_of_a_million) if planned.cost_of_a_million else None
        ),
        schedule=_schedule(planned.schedule, wanted),
        side_costs=tuple(
            SideCostView(cost.item, cost.amount, cost.currency, cost.period, cost.included)
            for cost in planned.side_costs
        ),
        sovereignty=_sovereignty(planned, plan),
        support=tuple(
            SupportFactView(fact.name, fact.label, fact.value, fact.wished, answered(fact.good))
            for fact in planned.support
        ),
        availability=tuple(SeenView(seen.fact, seen.expired) for seen in planned.availability),
        members=tuple(map(_member, planned.members)),
        standing=_dominance(dominance, titles) if dominance else None,
    )


def _hardware(planned: Planned) -> HardwareView:
    details, fit = planned.details, planned.fit
    share = fit.memory_per_device
    checks = [check for check in planned.explained.option.checks if check.code in _HARDWARE]
    return HardwareView(
        gpu=details.gpu,
        cpu_architecture=details.cpu_architecture,
        device_memory_gb=fit.device_gb,
        least_gpus=fit.least_gpus,
        memory_per_device_gb=range_view(share) if share else None,
        largest_job_gpus=fit.largest_job,
        fit=tuple(FitView(check.code, answered(check.truth), check.sentence) for check in checks),
    )


def _schedule(schedule: Schedule, wanted: date | None) -> ScheduleView:
    ahead = tuple(
        CutOffAheadView(
            cut_off_view(cut_off.moment),
            days_view(cut_off.access),
            None if wanted is None else answered(cut_off.access.by(wanted)),
        )
        for cut_off in schedule.cut_offs
    )
    apply_by, in_time = schedule.apply_by, schedule.in_time
    return ScheduleView(
        access=days_view(schedule.access),
        in_time=None if in_time is None else answered(in_time),
        apply_by=cut_off_view(apply_by.moment) if apply_by else None,
        cut_offs=ahead,
        gpus=schedule.gpus,
        work_days=range_view(schedule.work_days) if schedule.work_days else None,
        finish=days_view(schedule.finish) if schedule.finish else None,
    )


def _sovereignty(planned: Planned, plan: Plan) -> SovereigntyView:
    facets, asked = planned.details.sovereignty, plan.need.sovereignty
    today = plan.evaluated_at.astimezone(ZoneInfo("Europe/Paris")).date()
    presets = tuple(
        PresetView(
            preset,
            answered(sovereignty.meets(preset, facets, today)),
            tuple(
                tuple(FacetView(facet.name, answered(facet.truth)) for facet in route)
                for route in sovereignty.routes(preset, facets, today)
            ),
        )
        for preset in sovereignty.LADDER
    )
    certificates = tuple(
        CertificateView(
            entry.scheme, entry.scope, answered(sovereignty.in_force(entry, today, gpu=True))
        )
        for entry in facets.certifications
    )
    met = answered(sovereignty.meets(asked, facets, today))
    return SovereigntyView(asked, met, presets, facets, certificates)


def _member(member: Member) -> MemberView:
    joined, offer = member.membership, member.offer
    gpu = getattr(offer.details, "gpu", None) if offer else None
    return MemberView(
        slug=joined.offer,
        status=joined.status,
        gpus=joined.gpus,
        title=offer.title if offer else None,
        gpu_model=gpu.model if gpu else None,
        stack=gpu.stack if gpu else None,
    )


def _dominance(dominance: Dominance, titles: Mapping[str, Text]) -> StandingView:
    best = tuple(CRITERIA[place] for place in dominance.best_in)
    return StandingView(
        optimal=dominance.optimal,
        dominated_by=dominance.dominated_by,
        outranked_by=dominance.outranked_by,
        best_in=best,
        sentence=_sentence(dominance, best, titles),
    )


def _sentence(
    dominance: Dominance, best: tuple[Criterion, ...], titles: Mapping[str, Text]
) -> Text:
    if dominance.dominated_by:
        stronger = titles[dominance.dominated_by[0]]
        return text(
            f"À coup sûr moins bien que : {stronger.fr}", f"Surely not as good as: {stronger.en}"
        )
    said = _OPTIMAL[dominance.optimal]
    french, english = [said.fr], [said.en]
    if best:
        french.append(", ".join(_BEST_FR[name] for name in best) + " (aucune ne l'est plus)")
        english.append(", ".join(_BEST_EN[name] for name in best) + " (none is more so)")
    if dominance.outranked_by:
        ahead = titles[dominance.outranked_by[0]]
        french.append(f"sur ce qui est publié, moins bien que : {ahead.fr}")
        english.append(f"on what is published, not as good as: {ahead.en}")
    return text(" ; ".join(french), "; ".join(english))
