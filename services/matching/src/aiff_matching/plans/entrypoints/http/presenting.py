"""From the domain's compute plan to the interface's."""

from collections import Counter

from aiff_matching.answers.entrypoints.http.presenting import hidden_views
from aiff_matching.compute.domain.gpus import Naming
from aiff_matching.compute.domain.memory import Memory
from aiff_matching.compute.domain.schedules import days_of_work
from aiff_matching.compute.domain.utilisation import Utilisation
from aiff_matching.plans.domain.plan import Plan
from aiff_matching.plans.entrypoints.http.combinations import combination_view
from aiff_matching.plans.entrypoints.http.estimates import (
    EstimateView,
    GpuNameView,
    MemoryView,
    RestsOnView,
    WallClockView,
)
from aiff_matching.plans.entrypoints.http.options import plan_option_view
from aiff_matching.plans.entrypoints.http.parts import formula_view, range_view, serving_view
from aiff_matching.plans.entrypoints.http.schemas import (
    MissingView,
    PlanView,
)
from aiff_matching.rules.domain.verdicts import VERDICTS

_NODES = (8, 32, 128, 512)


def plan_view(plan: Plan) -> PlanView:
    """Return what is sent for a plan."""
    titles = {entry.planned.key: entry.planned.candidate.offer.title for entry in plan.entries}
    verdicts = Counter(entry.planned.explained.option.decision.verdict for entry in plan.entries)
    return PlanView(
        gpu_name=_gpu_name(plan.naming) if plan.naming else None,
        estimate=_estimate(plan) if plan.work else None,
        memory=_memory(plan.memory) if plan.memory else None,
        serving=serving_view(plan.serving) if plan.serving else None,
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


def _gpu_name(naming: Naming) -> GpuNameView:
    said = naming.name
    return GpuNameView(
        asked=naming.asked,
        row=naming.row.model if naming.row else None,
        maker=said.maker if said else None,
        model=said.model if said else None,
        form=said.form if said else None,
        memory_gb=said.memory_gb if said else None,
        count=said.count if said else None,
        part=said.part if said else None,
        nearest=naming.nearest,
        sentence=naming.sentence,
    )


def _estimate(plan: Plan) -> EstimateView:
    work, gpus = plan.work, plan.need.gpus_min
    assert work is not None  # noqa: S101 - the caller asked.
    counts = sorted({*_NODES, *([gpus] if gpus else [])})
    return EstimateView(
        gpu_hours=range_view(work.hours),
        gpu_hours_middle=work.middle if work.estimated else None,
        gpu_model=work.model,
        estimated=work.estimated,
        rests_on=_rests_on(work.rests_on) if work.rests_on else None,
        formula=formula_view(work.formula) if work.formula else None,
        wall_clock=tuple(
            WallClockView(count, range_view(days_of_work(work.hours, count))) for count in counts
        ),
    )


def _memory(memory: Memory) -> MemoryView:
    cache = formula_view(memory.cache) if memory.cache else None
    activations = tuple(map(formula_view, memory.activations))
    return MemoryView(range_view(memory.total), formula_view(memory.weights), cache, activations)


def _rests_on(found: Utilisation) -> RestsOnView:
    return RestsOnView(
        work=found.row.work,
        mixture=found.row.mixture,
        gpu_family=found.family.name if found.family else None,
        runs=found.row.runs,
        models=found.row.models,
        table_version=found.version,
        sentence=found.sentence,
    )
