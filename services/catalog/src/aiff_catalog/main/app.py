"""The application for a server: `uvicorn --factory aiff_catalog.main.app:create_app`."""

from starlette.types import ASGIApp

from aiff_catalog.main.service import SERVICE
from aiff_kit import service


def create_app() -> ASGIApp:
    """Read the environment and return the catalogue's application."""
    return service.create_app(SERVICE)
