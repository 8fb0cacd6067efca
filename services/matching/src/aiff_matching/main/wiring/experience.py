"""What is learnt from use, and the attention of answers."""

from dataclasses import dataclass

from sqlalchemy import Connection

from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS, reach
from aiff_matching.experience.adapters import yielding
from aiff_matching.experience.application import ExposureCap, ExposureMeter, ExposureQueries
from aiff_matching.experience.domain import Experience
from aiff_matching.introductions.adapters.past_needs import past_needs
from aiff_matching.main.wiring.base import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceParts:
    """What measures attention, what judges it, and what staff read of it."""

    meter: ExposureMeter
    cap: ExposureCap
    queries: ExposureQueries

    @property
    def for_routes(self) -> tuple[object, ...]:
        """Return what the routes call."""
        return self.meter, self.queries


def wire_experience(base: Base, cap: float) -> ExperienceParts:
    """Return the parts that keep attention below a cap."""
    most_lost = reach("exposure", DEFAULT_WEIGHTS)
    return ExperienceParts(
        meter=ExposureMeter(base.unit_of_work, base.clock),
        cap=ExposureCap(base.unit_of_work, cap, base.clock),
        queries=ExposureQueries(base.unit_of_work, cap, most_lost, base.clock),
    )


def learnt(connection: Connection) -> Experience:
    """Read what the order of answers learns from."""
    return Experience(past_needs(connection), yielding(connection))
