"""Journeys."""

from aiff_matching.journeys.application import JourneyQueries
from aiff_matching.main.wiring.base import Base
from aiff_matching.main.wiring.compute import ComputeParts
from aiff_matching.main.wiring.offers import OffersParts


def wire_journeys(base: Base, offers: OffersParts, compute: ComputeParts) -> JourneyQueries:
    """Return what plans the steps of a project."""
    return JourneyQueries(offers.catalogue, compute.gpus, base.encoder, base.clock)
