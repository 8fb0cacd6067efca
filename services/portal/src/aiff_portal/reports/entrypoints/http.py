"""The form with which readers report an error, once a language."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from aiff_portal.api.entrypoints import reader_of
from aiff_portal.reports.application import Reporting
from aiff_portal.reports.domain.reports import LONGEST, Report, report_of
from aiff_portal.reports.domain.words import SUBJECTS, WORDS
from aiff_portal.ui.domain.language import Language, in_language
from aiff_portal.ui.entrypoints.forms import posted
from aiff_portal.ui.entrypoints.pages import Page, show, templates

_TEMPLATES = templates("aiff_portal.reports.entrypoints")
_WRONG = 422


def report_routes(language: Language, reporting: Reporting) -> APIRouter:
    """Return the routes of the form in one language."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)
    address = "/offers/{reference}/reports"

    @router.get(address)
    async def form(reference: str, request: Request) -> Response:
        reader = reader_of(request, language)
        offer = await reporting.offer(reference, reader)
        values = _form(language, offer, Report())
        return show(
            request, _TEMPLATES, language, Page("report.html", values, private=reader.is_known)
        )

    @router.post(address)
    async def send(reference: str, request: Request) -> Response:
        reader, report = reader_of(request, language), report_of(await posted(request))
        if report.faults:
            offer = await reporting.offer(reference, reader)
            values = _form(language, offer, report, report.faults)
            return show(request, _TEMPLATES, language, Page("report.html", values, status=_WRONG))
        offer, received = await reporting.send(reference, report, reader)
        values = {**_of(language, offer), "received": received}
        return show(request, _TEMPLATES, language, Page("reported.html", values, private=True))

    return router


def _form(
    language: Language,
    offer: Mapping[str, Any],
    report: Report,
    wrong: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    said = in_language(WORDS, language)
    errors = {
        "subject": said["no_subject"],
        "message": said["bad_message"].format(count=len(report.message)),
        "contact": said["bad_contact"],
    }
    return {
        **_of(language, offer),
        "report": report,
        "subjects": list(in_language(SUBJECTS, language).items()),
        "errors": {name: errors[name] if name in wrong else None for name in errors},
        "wrong": [{"name": name, "label": errors[name]} for name in errors if name in wrong],
        "longest": LONGEST,
    }


def _of(language: Language, offer: Mapping[str, Any]) -> dict[str, Any]:
    said = in_language(WORDS, language)
    address = f"/{language}/offers/{offer['slug']}"
    return {"say": said, "title": offer["title"][language], "address": address}
