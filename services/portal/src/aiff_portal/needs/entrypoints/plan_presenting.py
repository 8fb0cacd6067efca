"""The values of the page of a compute plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiff_portal.api.domain import Document
from aiff_portal.needs.domain.answered.plan_charts import MOST_MARKS, chart_of
from aiff_portal.needs.domain.answered.plan_words import COLUMNS, PLAN, SOVEREIGN_LEVELS
from aiff_portal.needs.domain.answered.plans import Plans
from aiff_portal.needs.domain.answered.spans import amount_text, number_span
from aiff_portal.needs.domain.asking.fields import fields_for
from aiff_portal.needs.domain.asking.forms import field_views
from aiff_portal.needs.domain.asking.state import State
from aiff_portal.needs.domain.asking.steps import PLANNED
from aiff_portal.needs.domain.saying import say
from aiff_portal.needs.entrypoints.presenting import NeedPresenting
from aiff_portal.ui.domain.language import in_language

Values = Mapping[str, Any]


def plan_form(
    state: State, presenting: NeedPresenting, faulty: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the values of the page without a plan: what a reader fills in for one."""
    fields = field_views(PLANNED, state, presenting.formats, faulty)
    return {
        **presenting.framed(state),
        "say": in_language(PLAN, presenting.formats.language),
        "plan": None,
        "fields": fields,
        "faults": presenting.faults(fields),
        "unseen": tuple(state.pairs(PLANNED)),
    }


def plan_values(plan: Document, state: State, presenting: NeedPresenting) -> Values:
    """Return the values of the page with a plan."""
    formats, plans = presenting.formats, Plans(presenting.formats, presenting.home)
    words, lines = in_language(PLAN, formats.language), plans.lines(plan)
    return {
        **plan_form(state, presenting),
        "plan": plan,
        **_estimate(plan, plans, words),
        "drawing": chart_of(plan, lines, formats),
        "chart_title": words["chart_title"].format(time=words[plan["time_basis"]]),
        "chart_description": words["chart_desc"].format(time=words[plan["time_basis"]]),
        "marks": [(mark, say(pair, formats)) for pair, mark in SOVEREIGN_LEVELS.values()],
        "most_marks": MOST_MARKS,
        "lines": lines,
        "columns": [say(column, formats) for column in COLUMNS],
        "ends": any(line.finish for line in lines),
        "combinations": plans.combinations(plan, words["combinations"]),
        "missing": [
            (formats.text(one["question"]), one["concerns"], one["attribute"])
            for one in plan["missing"]
        ],
        "elsewhere": {
            one["attribute"]
            for one in plan["missing"]
            if fields_for(one["attribute"]) and one["attribute"] not in PLANNED
        },
        "left": plans.left(plan),
        "table_version": formats.day(plan["gpu_table_version"]),
        "hidden": presenting.hidden(plan),
    }


def _estimate(plan: Document, plans: Plans, words: Mapping[str, str]) -> dict[str, Any]:
    estimate, formats, memory = plan["estimate"], plans.formats, plan["memory"]
    named = plan["gpu_name"]
    return {
        "estimate": estimate and _hours(estimate, plans, words),
        "gpu_sentence": formats.text(named["sentence"]) if named else None,
        "formula": plans.formula(estimate["formula"]) if estimate and estimate["formula"] else None,
        "wall": plans.wall_clock(estimate, words["wall"]) if estimate else None,
        "memory": f"{number_span(memory['total_gb'], formats)} {words['gigabytes']}"
        if memory
        else None,
        "memory_formulas": tuple(plans.formulas(plan)),
    }


def _hours(estimate: Document, plans: Plans, words: Mapping[str, str]) -> dict[str, Any]:
    formats, rests = plans.formats, estimate["rests_on"]
    middle = estimate["gpu_hours_middle"]
    return {
        "hours": amount_text({**estimate["gpu_hours"], "unit": "gpu_hour"}, formats),
        "model": estimate["gpu_model"] or words["unnamed_gpu"],
        "middle": middle and number_span({"low": middle, "high": middle}, formats),
        "rests": formats.text(rests["sentence"]) if rests else None,
    }
