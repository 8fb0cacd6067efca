"""The files that pages refer to."""

from importlib.resources import files

from fastapi import APIRouter, Request, Response

from aiff_kit.problems import NOT_FOUND, Problem
from aiff_portal.ui.entrypoints.pages import answer

_MEDIA_TYPES = {"tokens.css": "text/css", "portal.css": "text/css", "mark.svg": "image/svg+xml"}


def file_routes() -> APIRouter:
    """Return the route of the files, which are read once."""
    router = APIRouter(include_in_schema=False)
    folder = files("aiff_portal.ui.entrypoints") / "static"
    held = {name: (folder / name).read_bytes() for name in _MEDIA_TYPES}

    @router.get("/static/{name}")
    async def static(name: str, request: Request) -> Response:
        if name not in held:
            raise Problem(NOT_FOUND)
        headers = {"Cache-Control": "public, max-age=3600"}
        return answer(request, held[name], _MEDIA_TYPES[name], headers)

    return router
