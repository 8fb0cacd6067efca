"""Start-ups and needs."""

from dataclasses import dataclass

from aiff_matching.main.wiring.base import Base
from aiff_matching.profiles.application.needs import NeedCommands
from aiff_matching.profiles.application.startups import StartUpCommands


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilesParts:
    """The use cases of their owners."""

    startups: StartUpCommands
    needs: NeedCommands

    @property
    def for_routes(self) -> tuple[object, ...]:
        """Return what the routes call."""
        return self.startups, self.needs


def wire_profiles(base: Base) -> ProfilesParts:
    """Return the use cases of start-ups and needs."""
    return ProfilesParts(
        startups=StartUpCommands(base.unit_of_work, base.clock),
        needs=NeedCommands(base.unit_of_work, base.clock),
    )
