"""Compute plans: answered from the catalogue in memory; nothing is stored."""

from aiff_kit.clock import Clock
from aiff_matching.compute.application import LiveGpus
from aiff_matching.offers.application.ports import LiveCatalogue
from aiff_matching.plans.domain.plan import Plan, PlanAsked, plan


class PlanQueries:
    """Plans the compute part of a project; nothing is stored."""

    def __init__(self, catalogue: LiveCatalogue, gpus: LiveGpus, clock: Clock) -> None:
        """Keep the catalogue, the GPU table and the clock."""
        self._catalogue = catalogue
        self._gpus = gpus
        self._clock = clock

    def plan(self, asked: PlanAsked) -> Plan:
        """Return every way to the hours of a job, compared and combined."""
        catalogue = self._catalogue.current()
        return plan(asked, catalogue, self._gpus.at(catalogue.revision), self._clock())
