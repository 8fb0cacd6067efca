"""The reviewed source files."""

from aiff_catalog.loading.application import CatalogueLoader
from aiff_catalog.main.wiring.offers import OfferParts


def wire_loading(offers: OfferParts) -> CatalogueLoader:
    """Return what loads them."""
    return CatalogueLoader(offers.commands, offers.organisations)
