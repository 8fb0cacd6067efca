"""The first page and the files it needs."""

from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from jinja2 import Environment, PackageLoader, select_autoescape

from aiff_kit.http import if_none_match
from aiff_kit.problems import NOT_FOUND, UNKNOWN_PARAMETER, Problem
from aiff_portal.domain.home import HOMES
from aiff_portal.domain.language import Language, chosen

_HERE = "aiff_portal.entrypoints.http"
_PAGES = Environment(
    loader=PackageLoader(_HERE, "templates"),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)
_MEDIA_TYPES = {"portal.css": "text/css", "mark.svg": "image/svg+xml"}
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)


def page_routes(public_url: str) -> APIRouter:
    """Return the routes; `public_url` is the address that the examples show."""
    router = APIRouter(include_in_schema=False)
    pages = {language: _home(language, public_url) for language in HOMES}
    _home_route(router, pages)
    _static_route(router)
    return router


def _home_route(router: APIRouter, pages: Mapping[Language, bytes]) -> None:
    @router.get("/")
    async def home(
        request: Request,
        lang: Annotated[str | None, Query(pattern="^(fr|en)$")] = None,
        accept_language: Annotated[str | None, Header()] = None,
    ) -> Response:
        if set(request.query_params) - {"lang"}:
            raise Problem(UNKNOWN_PARAMETER)
        language = chosen(lang, accept_language)
        headers = {
            "Cache-Control": "public, max-age=60, stale-while-revalidate=300",
            "Content-Language": language,
            "Content-Security-Policy": _POLICY,
            "Vary": "Accept, Accept-Language",
        }
        return _answer(request, pages[language], "text/html", headers)


def _static_route(router: APIRouter) -> None:
    folder = files(_HERE) / "static"
    held = {name: (folder / name).read_bytes() for name in _MEDIA_TYPES}

    @router.get("/static/{name}")
    async def static(name: str, request: Request) -> Response:
        if name not in held:
            raise Problem(NOT_FOUND)
        headers = {"Cache-Control": "public, max-age=3600"}
        return _answer(request, held[name], _MEDIA_TYPES[name], headers)


def _home(language: Language, public_url: str) -> bytes:
    values: dict[str, Any] = {
        "home": HOMES[language],
        "language": language,
        "other": "en" if language == "fr" else "fr",
        "base": public_url.rstrip("/"),
    }
    return _PAGES.get_template("home.html").render(values).encode()


def _answer(request: Request, body: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """Return bytes with a strong ETag made of them, or 304 where the reader holds them."""
    etag = f'"{sha256(body).hexdigest()[:20]}"'
    sent = {**headers, "ETag": etag}
    if if_none_match(request, etag):
        return Response(status_code=304, headers=sent)
    return Response(body, headers=sent, media_type=media_type)
