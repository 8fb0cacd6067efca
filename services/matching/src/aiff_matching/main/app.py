"""The application for a server: `uvicorn --factory aiff_matching.main.app:create_app`."""

from starlette.types import ASGIApp

from aiff_kit import service
from aiff_matching.main.service import SERVICE


def create_app() -> ASGIApp:
    """Read the environment and return matching's application."""
    return service.create_app(SERVICE)
