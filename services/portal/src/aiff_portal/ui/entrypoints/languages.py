"""The address without a language leads to the reader's."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Header, Response
from starlette.responses import RedirectResponse

from aiff_portal.ui.domain.language import LANGUAGES, negotiated_language


def language_routes() -> APIRouter:
    """Return the routes of `/`, and of a language without its last slash."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def start(accept_language: Annotated[str | None, Header()] = None) -> Response:
        address = f"/{negotiated_language(accept_language)}/"
        return RedirectResponse(address, 302, {"Vary": "Accept, Accept-Language"})

    for language in LANGUAGES:
        router.add_api_route(f"/{language}", _with_slash(f"/{language}/"), methods=["GET"])
    return router


def _with_slash(address: str) -> Callable[[], Awaitable[Response]]:
    async def complete() -> Response:
        return RedirectResponse(address, 308)

    return complete
