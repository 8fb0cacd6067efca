"""Compute plans."""

from aiff_matching.main.wiring.base import Base
from aiff_matching.main.wiring.compute import ComputeParts
from aiff_matching.main.wiring.offers import OffersParts
from aiff_matching.plans.application import PlanQueries


def wire_plans(base: Base, offers: OffersParts, compute: ComputeParts) -> PlanQueries:
    """Return what plans the compute part of a project."""
    return PlanQueries(offers.catalogue, compute.gpus, base.clock)
