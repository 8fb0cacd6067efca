"""The real listings as published documents, and a large catalogue made of them."""

from aiff_contracts.offer import OfferDocument
from aiff_matching.authoring.adapters import read_sources
from bench.harness.product import CATALOGUE


def documents() -> list[OfferDocument]:
    """Return the offers of data/catalogue in order of their slugs."""
    return sorted(
        (source.document for source in read_sources(CATALOGUE)), key=lambda offer: offer.slug
    )
