"""The pages of the network, once a language: parse the address, ask, show."""

from datetime import date, timedelta

from fastapi import APIRouter, Request, Response

from aiff_contracts import labels
from aiff_kit.clock import Clock
from aiff_portal.api.entrypoints import reader_of
from aiff_portal.network.application import NetworkReads
from aiff_portal.network.entrypoints.presenting import PERIODS, NetworkPresenting, Values
from aiff_portal.ui.domain.language import Language
from aiff_portal.ui.entrypoints.pages import Page, show, templates

_TEMPLATES = templates("aiff_portal.network.entrypoints")


def network_routes(language: Language, reads: NetworkReads, clock: Clock) -> APIRouter:
    """Return the routes of the pages in one language."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)
    presenting = NetworkPresenting(language)

    def shown(request: Request, template: str, values: Values) -> Response:
        page = Page(template, values, private=reader_of(request, language).is_known)
        return show(request, _TEMPLATES, language, page)

    def today() -> date:
        return clock().date()

    @router.get("/network")
    async def network(request: Request) -> Response:
        offers, organisations = await reads.members(reader_of(request, language))
        return shown(request, "network.html", presenting.network(offers, organisations))

    @router.get("/calendar")
    async def calendar(request: Request, kind: str | None = None) -> Response:
        wanted = kind if kind in labels.KINDS else None
        found = await reads.deadlines(wanted, today(), reader_of(request, language))
        return shown(request, "calendar.html", presenting.calendar(found, wanted))

    @router.get("/news")
    async def news(request: Request, days: str = "") -> Response:
        period = next((one for one in PERIODS if str(one) == days), PERIODS[0])
        since = today() - timedelta(days=period)
        found = await reads.news(since, reader_of(request, language))
        return shown(request, "news.html", presenting.news(found, since, period))

    return router
