"""How well needs are covered."""

from dataclasses import dataclass

from aiff_matching.coverage.application import CoverageCounting, CoverageQueries
from aiff_matching.main.wiring.base import Base
from aiff_matching.main.wiring.offers import OffersParts


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageParts:
    """The worker's step that counts, and what staff read."""

    counting: CoverageCounting
    queries: CoverageQueries

    @property
    def for_routes(self) -> tuple[object, ...]:
        """Return what the routes call."""
        return (self.queries,)


def wire_coverage(base: Base, offers: OffersParts) -> CoverageParts:
    """Return the parts of coverage."""
    return CoverageParts(
        counting=CoverageCounting(base.unit_of_work, offers.catalogue, base.clock),
        queries=CoverageQueries(base.unit_of_work),
    )
