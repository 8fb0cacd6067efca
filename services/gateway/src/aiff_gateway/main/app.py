"""The application for a server: `uvicorn --factory aiff_gateway.main.app:create_app`."""

from starlette.types import ASGIApp

from aiff_gateway.main.service import SERVICE
from aiff_kit import service


def create_app() -> ASGIApp:
    """Read the environment and return the gateway's application."""
    return service.create_app(SERVICE)
