"""The way through the questions: at most five steps, the last one chosen by the engine."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiff_portal.needs.domain.asking.fields import fields_for
from aiff_portal.needs.domain.asking.state import State

_FIRST, _LAST = "what", "last"
_COMPUTE = ("gpu_hours", "gpu_model", "start", "data_class")
_FUNDING = ("amount_eur", "needed_by")
_FIELDS = {
    "what": ("kinds", "description"),
    "who": ("organisation_type", "country", "site", "created_on", "headcount"),
    "project": ("title", "sectors", "stage"),
}
# What the page of the compute plan lets a reader change on the spot.
PLANNED = (
    *("gpu_hours", "gpu_model", "task", "parameters_b", "tokens_b"),
    *("gpus_min", "start", "budget_eur", "data_class", "sovereignty"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One screen: its name, its place among how many, the fields that it asks."""

    name: str
    place: int
    count: int
    fields: tuple[str, ...]


def step_named(name: str, state: State) -> Step:
    """Return a step as these answers make it; the first where there is none of this name."""
    names = _names(state)
    known = name if name in names else _FIRST
    return Step(known, names.index(known) + 1, len(names), _asks(known, state))


def step_after(step: Step, state: State) -> Step | None:
    """Return the next step, None after the last one."""
    return _beside(step, state, 1)


def step_before(step: Step, state: State) -> Step | None:
    """Return the step before, None before the first one."""
    return _beside(step, state, -1)


def step_asking(names: Sequence[str], state: State) -> Step:
    """Return the first step that asks one of these fields; where none does, the last with them."""
    wanted = set(names)
    steps = (step_named(one, state) for one in _names(state)[:-1])
    found = next((step for step in steps if wanted & set(step.fields)), None)
    if found is not None:
        return found
    last = step_named(_LAST, state)
    return Step(_LAST, last.place, last.count, tuple(names))


def _beside(step: Step, state: State, way: int) -> Step | None:
    names = _names(state)
    # Where the step is not on the way any more, it stood where the last one is now.
    place = (names.index(step.name) if step.name in names else len(names) - 1) + way
    return step_named(names[place], state) if 0 <= place < len(names) else None


def _names(state: State) -> tuple[str, ...]:
    amounts = ("amount",) if {"compute", "funding"} & set(state.kinds) else ()
    return ("what", "who", "project", *amounts, _LAST)


def _asks(name: str, state: State) -> tuple[str, ...]:
    if name == _LAST:
        return fields_for(state.asked)
    if name != "amount":
        return _FIELDS[name]
    compute = _COMPUTE if "compute" in state.kinds else ()
    return (*compute, *(_FUNDING if "funding" in state.kinds else ()))
