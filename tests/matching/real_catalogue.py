"""The catalogue's own files, read as the catalogue service publishes them."""

from functools import cache
from pathlib import Path

from aiff_matching.authoring.adapters import read_sources
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue

FOLDER = Path(__file__).parents[2] / "data" / "catalogue"


@cache
def real_catalogue() -> Catalogue:
    """Return all published offers, parsed and compiled once a test run."""
    return build([source.document for source in read_sources(FOLDER)], 1)
