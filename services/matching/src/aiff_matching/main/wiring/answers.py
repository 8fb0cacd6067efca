"""Questions."""

from aiff_matching.answers.application.queries import MatchQueries
from aiff_matching.main.wiring.base import Base
from aiff_matching.main.wiring.compute import ComputeParts
from aiff_matching.main.wiring.offers import OffersParts


def wire_answers(base: Base, offers: OffersParts, compute: ComputeParts) -> MatchQueries:
    """Return what answers profiles with needs."""
    return MatchQueries(offers.catalogue, compute.gpus, base.encoder, base.unit_of_work, base.clock)
