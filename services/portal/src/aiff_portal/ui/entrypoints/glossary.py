"""The page of the terms, to which every explanation leads."""

from fastapi import APIRouter, Request, Response

from aiff_portal.ui.domain.glossary import sections_in
from aiff_portal.ui.domain.language import Language, in_language
from aiff_portal.ui.domain.words import GLOSSARY_WORDS
from aiff_portal.ui.entrypoints.pages import Page, show, templates

_TEMPLATES = templates()


def glossary_routes(language: Language) -> APIRouter:
    """Return the route of the page in a language."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)
    values = {
        "say": in_language(GLOSSARY_WORDS, language),
        "sections": tuple(sections_in(language)),
    }

    @router.get("/glossary")
    async def glossary(request: Request) -> Response:
        return show(request, _TEMPLATES, language, Page("glossary.html", values))

    return router
