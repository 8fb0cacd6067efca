"""Needs that stay alive."""

from dataclasses import dataclass

from aiff_matching.main.wiring.base import Base
from aiff_matching.main.wiring.compute import ComputeParts
from aiff_matching.main.wiring.offers import OffersParts
from aiff_matching.watching.application.alerts import AlertCommands
from aiff_matching.watching.application.watched_needs import WatchedNeeds
from aiff_matching.watching.application.watching import NeedWatch


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchingParts:
    """What judges needs again, and what their owners do with alerts."""

    watch: NeedWatch
    alerts: AlertCommands

    @property
    def for_routes(self) -> tuple[object, ...]:
        """Return what the routes call."""
        return (self.alerts,)


def wire_watching(base: Base, offers: OffersParts, compute: ComputeParts) -> WatchingParts:
    """Return the parts of watched needs."""
    needs = WatchedNeeds(base.unit_of_work, compute.gpus, base.encoder)
    return WatchingParts(
        watch=NeedWatch(base.unit_of_work, offers.catalogue, needs, base.clock),
        alerts=AlertCommands(base.unit_of_work, base.clock),
    )
