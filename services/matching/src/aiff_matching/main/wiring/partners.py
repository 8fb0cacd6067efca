"""The partner side."""

from dataclasses import dataclass

from aiff_matching.answers.application.queries import MatchQueries
from aiff_matching.main.wiring.base import Base
from aiff_matching.partners.application.discoverability import DiscoverabilityCommands
from aiff_matching.partners.application.searches import PartnerSearchCommands, StartUpFinder


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersParts:
    """The use cases of partners, and of start-ups that let themselves be found."""

    searches: PartnerSearchCommands
    finder: StartUpFinder
    discoverability: DiscoverabilityCommands

    @property
    def for_routes(self) -> tuple[object, ...]:
        """Return what the routes call."""
        return self.searches, self.finder, self.discoverability


def wire_partners(base: Base, matches: MatchQueries) -> PartnersParts:
    """Return the parts of the partner side."""
    return PartnersParts(
        searches=PartnerSearchCommands(base.unit_of_work, matches, base.clock),
        finder=StartUpFinder(base.unit_of_work, matches, base.encoder, base.clock),
        discoverability=DiscoverabilityCommands(base.unit_of_work, base.clock),
    )
