"""From the domain's compute plan to the interface's."""

from collections import Counter

from aiff_matching.answers.entrypoints.http.presenting import hidden_views
from aiff_matching.compute.domain.memory import Memory
from aiff_matching.compute.domain.schedules import days_of_work
from aiff_matching.compute.domain.workloads import Workload
from aiff_matching.plans.domain.plan import Plan
from aiff_matching.plans.entrypoints.http.combinations import combination_view
from aiff_matching.plans.entrypoints.http.options import plan_option_view
from aiff_matching.plans.entrypoints.http.parts import formula_view, range_view
from aiff_matching.plans.entrypoints.http.schemas import (
    EstimateView,
    MemoryView,
    MissingView,
    PlanView,
    WallClockView,
)
from aiff_matching.rules.domain.verdicts import VERDICTS

_NODES = (8, 32, 128, 512)


def plan_view(plan: Plan) -> PlanView:
    """Return what is sent for a plan."""
    titles = {entry.planned.key: entry.planned.candidate.offer.title for entry in plan.entries}
    verdicts = Counter(entry.planned.explained.option.decision.verdict for entry in plan.entries)
    return PlanView(
        estimate=_estimate(plan.work, plan.need.gpus_min) if plan.work else None,
        memory=_memory(plan.memory) if plan.memory else None,
        options=tuple(plan_option_view(entry, plan, titles) for entry in plan.entries),
        counts={verdict: verdicts.get(verdict, 0) for verdict in VERDICTS},
        combinations=tuple(map(combination_view, plan.combinations)),
        hidden=hidden_views(plan.left_out),
        missing=tuple(
            MissingView(missing.attribute, missing.question, missing.concerns)
            for missing in plan.missing
        ),
        time_basis=plan.time_basis,
        gpu_table_version=plan.gpu_table,
        evaluated_at=plan.evaluated_at,
        catalogue_revision=plan.revision,
    )


def _estimate(work: Workload, gpus: int | None) -> EstimateView:
    counts = sorted({*_NODES, *([gpus] if gpus else [])})
    return EstimateView(
        gpu_hours=range_view(work.hours),
        gpu_model=work.model,
        estimated=work.estimated,
        formula=formula_view(work.formula) if work.formula else None,
        wall_clock=tuple(
            WallClockView(count, range_view(days_of_work(work.hours, count))) for count in counts
        ),
    )


def _memory(memory: Memory) -> MemoryView:
    cache = formula_view(memory.cache) if memory.cache else None
    return MemoryView(range_view(memory.total), formula_view(memory.weights), cache)
