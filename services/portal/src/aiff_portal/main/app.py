"""The application for a server: `uvicorn --factory aiff_portal.main.app:create_app`."""

from starlette.types import ASGIApp

from aiff_kit import service
from aiff_portal.main.service import SERVICE


def create_app() -> ASGIApp:
    """Read the environment and return the portal."""
    return service.create_app(SERVICE)
