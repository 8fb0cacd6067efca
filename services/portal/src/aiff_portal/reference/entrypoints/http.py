"""The pages of the reference, once a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from aiff_kit.problems import NOT_FOUND, Problem
from aiff_portal.api.entrypoints import reader_of
from aiff_portal.reference.application import ReferenceReads
from aiff_portal.reference.domain.description import Description
from aiff_portal.reference.domain.words import PROBLEMS, REFERENCE
from aiff_portal.ui.domain.language import Language, in_language
from aiff_portal.ui.entrypoints.pages import Page, show, templates

_TEMPLATES = templates("aiff_portal.reference.entrypoints")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the routes of one language work with."""

    language: Language
    reads: ReferenceReads

    async def description(self, request: Request) -> Description:
        return await self.reads.description(reader_of(request, self.language))

    def reference(self, request: Request, template: str, **values: Any) -> Response:
        return self._page(request, template, {"say": in_language(REFERENCE, self.language)}, values)

    def problem(self, request: Request, template: str, **values: Any) -> Response:
        return self._page(request, template, {"say": in_language(PROBLEMS, self.language)}, values)

    def _page(
        self, request: Request, template: str, say: Mapping[str, Any], values: Mapping[str, Any]
    ) -> Response:
        private = reader_of(request, self.language).is_known
        page = Page(template, {**say, **values}, private=private)
        return show(request, _TEMPLATES, self.language, page)


def reference_routes(language: Language, reads: ReferenceReads) -> APIRouter:
    """Return the routes of the pages in one language."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)
    shown = _Shown(language, reads)
    _add_description(router, shown)
    _add_problems(router, shown)
    return router


def _add_description(router: APIRouter, shown: _Shown) -> None:
    @router.get("/api")
    async def api(request: Request) -> Response:
        return shown.reference(request, "api.html", api=await shown.description(request))

    @router.get("/api/{operation}")
    async def one_operation(operation: str, request: Request) -> Response:
        found = (await shown.description(request)).operations.get(operation)
        if found is None:
            raise Problem(NOT_FOUND)
        return shown.reference(request, "operation.html", operation=found)

    @router.get("/api/types/{name}")
    async def one_type(name: str, request: Request) -> Response:
        found = (await shown.description(request)).schema(name)
        if found is None:
            raise Problem(NOT_FOUND)
        return shown.reference(request, "schema.html", schema=found)


def _add_problems(router: APIRouter, shown: _Shown) -> None:
    @router.get("/problems")
    async def problems(request: Request) -> Response:
        found = await shown.reads.problems(reader_of(request, shown.language))
        return shown.problem(request, "problems.html", problems=found)

    @router.get("/problems/{slug}")
    async def one_problem(slug: str, request: Request) -> Response:
        found = await shown.reads.problem(slug, reader_of(request, shown.language))
        return shown.problem(request, "problem.html", problem=found)
