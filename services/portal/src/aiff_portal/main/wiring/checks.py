"""The page of a check with the API that it asks."""

from collections.abc import Sequence

from fastapi import APIRouter

from aiff_portal.api.adapters import PublicApi
from aiff_portal.checks.application import CheckQueries
from aiff_portal.checks.entrypoints.http import check_routes
from aiff_portal.ui.domain.language import LANGUAGES


def wire_checks(api: PublicApi) -> Sequence[APIRouter]:
    """Return the routes in both languages."""
    queries = CheckQueries(api)
    return [check_routes(language, queries) for language in LANGUAGES]
