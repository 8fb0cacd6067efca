"""The pages of a need with the API that they ask."""

from collections.abc import Sequence

from fastapi import APIRouter

from aiff_portal.api.adapters import PublicApi
from aiff_portal.needs.application import NeedQueries
from aiff_portal.needs.entrypoints.http import need_routes
from aiff_portal.ui.domain.language import LANGUAGES


def wire_needs(api: PublicApi) -> Sequence[APIRouter]:
    """Return the routes in both languages."""
    queries = NeedQueries(api)
    return [need_routes(language, queries) for language in LANGUAGES]
