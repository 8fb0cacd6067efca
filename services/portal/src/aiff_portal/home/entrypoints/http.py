"""The first page, in the language that its reader asks for."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from aiff_kit.problems import UNKNOWN_PARAMETER, Problem
from aiff_portal.home.domain import HOMES
from aiff_portal.ui.domain.language import Language, negotiated_language
from aiff_portal.ui.domain.words import WORDS
from aiff_portal.ui.entrypoints.pages import page, templates

_TEMPLATES = templates("aiff_portal.home.entrypoints")


def home_routes(public_url: str) -> APIRouter:
    """Return the routes; `public_url` is the address that the examples show."""
    router = APIRouter(include_in_schema=False)
    pages = {language: _home(language, public_url) for language in HOMES}

    @router.get("/")
    async def home(
        request: Request,
        lang: Annotated[str | None, Query(pattern="^(fr|en)$")] = None,
        accept_language: Annotated[str | None, Header()] = None,
    ) -> Response:
        if set(request.query_params) - {"lang"}:
            raise Problem(UNKNOWN_PARAMETER)
        language = negotiated_language(lang, accept_language)
        return page(request, pages[language], language)

    return router


def _home(language: Language, public_url: str) -> bytes:
    values: dict[str, Any] = {
        "home": HOMES[language],
        "words": WORDS[language],
        "language": language,
        "path": "/",
        "other": "en" if language == "fr" else "fr",
        "base": public_url.rstrip("/"),
    }
    return _TEMPLATES.get_template("home.html").render(values).encode()
