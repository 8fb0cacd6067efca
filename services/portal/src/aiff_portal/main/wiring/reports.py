"""The form of reports with the API that it sends them to."""

from collections.abc import Sequence

from fastapi import APIRouter

from aiff_portal.api.adapters import PublicApi
from aiff_portal.reports.application import Reporting
from aiff_portal.reports.entrypoints.http import report_routes
from aiff_portal.ui.domain.language import LANGUAGES


def wire_reports(api: PublicApi) -> Sequence[APIRouter]:
    """Return the routes in both languages."""
    reporting = Reporting(api)
    return [report_routes(language, reporting) for language in LANGUAGES]
