"""The catalogue's pages, once a language: parse the address, ask, show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from aiff_kit.clock import Clock
from aiff_kit.problems import NOT_FOUND, Problem
from aiff_portal.api.domain import Reader
from aiff_portal.api.entrypoints import reader_of
from aiff_portal.catalogue.application import CatalogueReads
from aiff_portal.catalogue.domain.comparing import selection_of
from aiff_portal.catalogue.domain.kinds import KIND_PAGES
from aiff_portal.catalogue.domain.search import search_of
from aiff_portal.catalogue.entrypoints.presenting import Presenting
from aiff_portal.ui.domain.language import Language
from aiff_portal.ui.entrypoints.pages import Page, show, templates

_TEMPLATES = templates("aiff_portal.catalogue.entrypoints")
_MOVED = 301


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the routes of one language work with."""

    language: Language
    reads: CatalogueReads
    presenting: Presenting

    def reader(self, request: Request) -> Reader:
        """Return the reader of a request, with the session that their browser sends."""
        return reader_of(request, self.language)

    def page(self, request: Request, template: str, values: Mapping[str, Any]) -> Response:
        """Answer with a page; what was asked with a session is for its reader only."""
        page = Page(template, values, private=self.reader(request).is_known)
        return show(request, _TEMPLATES, self.language, page)


def catalogue_routes(language: Language, reads: CatalogueReads, clock: Clock) -> APIRouter:
    """Return the routes of the pages in one language."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)
    shown = _Shown(language, reads, Presenting(language, clock))
    _add_lists(router, shown)
    _add_single(router, shown)
    return router


def _add_lists(router: APIRouter, shown: _Shown) -> None:
    @router.get("/")
    async def home(request: Request) -> Response:
        overview = await shown.reads.overview(shown.reader(request), ["kind"])
        return shown.page(request, "home.html", shown.presenting.home(overview))

    @router.get("/offers")
    async def search(request: Request) -> Response:
        asked = search_of(request.query_params.multi_items())
        found = await shown.reads.search(asked, shown.reader(request))
        return shown.page(request, "search.html", shown.presenting.search(asked, found))

    @router.get("/suggestions")
    async def suggestions(request: Request) -> Response:
        """Answer with a part of a page: what stands below the field while somebody types."""
        typed = search_of(request.query_params.multi_items()).q
        found = await shown.reads.suggestions(typed, shown.reader(request))
        return shown.page(request, "suggestions.html", shown.presenting.suggestions(found))

    @router.get("/compare")
    async def compare(request: Request) -> Response:
        asked = selection_of(request.query_params.multi_items())
        compared = await shown.reads.comparison(asked, shown.reader(request))
        return shown.page(request, "compare.html", shown.presenting.comparison(compared))

    @router.get("/kinds/{kind}")
    async def kind_page(kind: str, request: Request) -> Response:
        if kind not in KIND_PAGES:
            raise Problem(NOT_FOUND)
        facets = KIND_PAGES[kind].facets
        overview = await shown.reads.overview(shown.reader(request), facets, kind)
        return shown.page(request, "kind.html", shown.presenting.kind(kind, overview))


def _add_single(router: APIRouter, shown: _Shown) -> None:
    @router.get("/offers/{reference}")
    async def offer(reference: str, request: Request) -> Response:
        found = await shown.reads.offer(reference, shown.reader(request))
        slug = found.document["slug"]
        if slug != reference:
            return RedirectResponse(f"/{shown.language}/offers/{slug}", _MOVED)
        return shown.page(request, "offer.html", shown.presenting.offer(found))

    @router.get("/organisations/{slug}")
    async def organisation(slug: str, request: Request) -> Response:
        found, offered = await shown.reads.organisation(slug, shown.reader(request))
        return shown.page(
            request, "organisation.html", shown.presenting.organisation(found, offered)
        )
