"""Dossiers."""

from aiff_matching.dossiers.adapters import packaged_programmes
from aiff_matching.dossiers.application import DossierQueries
from aiff_matching.main.wiring.base import Base
from aiff_matching.main.wiring.offers import OffersParts


def wire_dossiers(base: Base, offers: OffersParts) -> DossierQueries:
    """Return what fills the dossiers of programmes; Faults where a programme's file is wrong."""
    return DossierQueries(packaged_programmes(), offers.catalogue, base.clock)
