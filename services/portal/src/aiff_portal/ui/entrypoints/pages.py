"""Making a page of a template, and answering with it."""

from collections.abc import Mapping
from hashlib import sha256

from fastapi import Request, Response
from jinja2 import ChoiceLoader, Environment, PackageLoader, select_autoescape

from aiff_kit.http import if_none_match

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)


def templates(package: str) -> Environment:
    """Return the templates of a package, which stand on the layout that all pages share."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("aiff_portal.ui.entrypoints")]),
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(request: Request, body: bytes, language: str) -> Response:
    """Return a page in a language; everybody gets the same, so copies may be kept a while."""
    headers = {
        "Cache-Control": "public, max-age=60, stale-while-revalidate=300",
        "Content-Language": language,
        "Content-Security-Policy": _POLICY,
        "Vary": "Accept, Accept-Language",
    }
    return answer(request, body, "text/html", headers)


def answer(request: Request, body: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """Return bytes with a strong ETag made of them, or 304 where the reader holds them."""
    etag = f'"{sha256(body).hexdigest()[:20]}"'
    sent = {**headers, "ETag": etag}
    if if_none_match(request, etag):
        return Response(status_code=304, headers=sent)
    return Response(body, headers=sent, media_type=media_type)
