"""The peer of every HTTP figure: a bare Starlette JSON endpoint on the same server."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


async def answer(_request: Request) -> JSONResponse:
    """Answer a small object."""
    return JSONResponse({"status": "ok"})


app = Starlette(routes=[Route("/", answer)])
