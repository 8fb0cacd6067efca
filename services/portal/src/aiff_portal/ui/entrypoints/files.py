"""The files that pages refer to, over HTTP."""

from fastapi import APIRouter, Request, Response

from aiff_kit.problems import NOT_FOUND, Problem
from aiff_portal.ui.entrypoints.assets import ASSETS
from aiff_portal.ui.entrypoints.pages import answer


def file_routes() -> APIRouter:
    """Return the route of the files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{name}")
    async def static(name: str, request: Request) -> Response:
        asset = ASSETS.get(name)
        if asset is None:
            raise Problem(NOT_FOUND)
        headers = {"Cache-Control": asset.caching}
        return answer(request, asset.content, asset.media_type, headers)

    return router
