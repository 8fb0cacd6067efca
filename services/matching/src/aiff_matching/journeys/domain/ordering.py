"""The order of the steps: what is required comes first, then what can be done earliest."""

from collections.abc import Iterable
from datetime import UTC, datetime
from graphlib import TopologicalSorter

from aiff_matching.journeys.domain.stages import STAGES
from aiff_matching.journeys.domain.steps import Step

_NEVER = datetime.max.replace(tzinfo=UTC)


def ordered(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps in order; equal dates follow the stages, the closing day, the preference.

    Steps come in the order in which they were chosen, which says what is preferred.
    """
    by_key = {step.key: step for step in steps}
    places = {key: place for place, key in enumerate(by_key)}
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {key: sorted(_before(step, by_key)) for key, step in sorted(by_key.items())}
    )
    sorter.prepare()
    ready = list(sorter.get_ready())
    placed: list[Step] = []
    while ready:
        following = min(ready, key=lambda key: (*_rank(by_key[key]), places[key]))
        ready.remove(following)
        placed.append(by_key[following])
        sorter.done(following)
        ready += sorter.get_ready()
    return tuple(placed)


def _before(step: Step, known: dict[str, Step]) -> set[str]:
    named = {
        prerequisite.step for prerequisite in step.prerequisites if prerequisite.step is not None
    }
    return named & known.keys()


def _rank(step: Step) -> tuple[object, ...]:
    timing = step.timing
    closes = timing.apply_by.end() if timing.apply_by else _NEVER
    return timing.apply.first, STAGES.index(step.stage), closes
