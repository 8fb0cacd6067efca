"""The pages of the reference with the API that they read."""

from collections.abc import Sequence

from fastapi import APIRouter

from aiff_portal.api.adapters import PublicApi
from aiff_portal.reference.application import ReferenceReads
from aiff_portal.reference.entrypoints.http import reference_routes
from aiff_portal.ui.domain.language import LANGUAGES


def wire_reference(api: PublicApi) -> Sequence[APIRouter]:
    """Return the routes in both languages."""
    reads = ReferenceReads(api)
    return [reference_routes(language, reads) for language in LANGUAGES]
