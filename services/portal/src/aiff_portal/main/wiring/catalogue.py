"""The catalogue's pages with the API that they read."""

from collections.abc import Sequence

from fastapi import APIRouter

from aiff_kit.clock import Clock
from aiff_portal.api.adapters import PublicApi
from aiff_portal.catalogue.application import CatalogueReads
from aiff_portal.catalogue.entrypoints.http import catalogue_routes
from aiff_portal.ui.domain.language import LANGUAGES


def wire_catalogue(api: PublicApi, clock: Clock) -> Sequence[APIRouter]:
    """Return the routes in both languages."""
    reads = CatalogueReads(api)
    return [catalogue_routes(language, reads, clock) for language in LANGUAGES]
