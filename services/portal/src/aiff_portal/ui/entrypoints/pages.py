"""Making a page of a template, and answering with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from fastapi import Request, Response
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

from aiff_kit.http import if_none_match
from aiff_portal.ui.domain.formats import FORMATS
from aiff_portal.ui.domain.language import (
    LANGUAGES,
    Language,
    in_language,
    language_of_path,
    other_language,
)
from aiff_portal.ui.domain.words import WORDS
from aiff_portal.ui.entrypoints.assets import SCRIPTS
from aiff_portal.ui.entrypoints.prose import prose

_UI = "aiff_portal.ui.entrypoints"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
) + ("; script-src 'self'; connect-src 'self'" if SCRIPTS else "")
# What everybody may see is kept as long as the public answers that it is made of.
PUBLIC = "public, max-age=60, stale-while-revalidate=300"
_PRIVATE = "private, no-store"
_WORDS = {language: in_language(WORDS, language) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Page:
    """A template with its values; `private` where it was made for one reader."""

    template: str
    values: Mapping[str, Any]
    private: bool = False
    status: int = 200


def templates(*packages: str) -> Environment:
    """Return the templates of packages, which stand on the layout that all pages share."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, _UI)]),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = prose
    return environment


def show(request: Request, environment: Environment, language: Language, page: Page) -> Response:
    """Answer with a page in a language; 304 where the reader holds the same one."""
    values = {**frame(request, language), **page.values}
    body = environment.get_template(page.template).render(values).encode()
    headers = {
        "Cache-Control": _PRIVATE if page.private else PUBLIC,
        "Content-Language": language,
        "Content-Security-Policy": _POLICY,
        # A proxy that keeps the page of everybody must not give it to a reader with a session.
        "Vary": "Cookie",
    }
    if page.status != 200:  # noqa: PLR2004
        headers["Cache-Control"] = "no-store"
        return Response(body, page.status, headers, media_type="text/html")
    return answer(request, body, "text/html", headers)


def frame(request: Request, language: Language) -> dict[str, Any]:
    """Return what the layout says on a page: its words, and the way to the other language."""
    other, path = other_language(language), request.url.path
    rest = path[3:] if language_of_path(path) else "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return {
        "words": _WORDS[language],
        "formats": FORMATS[language],
        "language": language,
        "other": other,
        "other_address": f"/{other}{rest or '/'}{query}",
        "home": f"/{language}/",
        "asked": request.query_params.get("q", ""),
        "scripts": SCRIPTS,
    }


def answer(request: Request, body: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """Return bytes with a strong ETag made of them, or 304 where the reader holds them."""
    etag = f'"{sha256(body).hexdigest()[:20]}"'
    sent = {**headers, "ETag": etag}
    if if_none_match(request, etag):
        return Response(status_code=304, headers=sent)
    return Response(body, headers=sent, media_type=media_type)
