"""The application for a server: `uvicorn --factory aiff_portal.main.app:create_app`."""

from fastapi import FastAPI

from aiff_kit.auth import IdentityVerifier
from aiff_kit.http import service_app
from aiff_kit.observability import watch
from aiff_kit.settings import RuntimeSettings, identity_secret, read
from aiff_portal.home.entrypoints.http import home_routes
from aiff_portal.main.settings import PortalSettings
from aiff_portal.ui.entrypoints.files import file_routes

NAME = "portal"


def create_app() -> FastAPI:
    """Read the environment and return the portal."""
    runtime = read(RuntimeSettings)
    watch(NAME, runtime)
    return application(read(PortalSettings), identity_secret(runtime))


def application(settings: PortalSettings, secret: str) -> FastAPI:
    """Return the portal with these settings."""
    return service_app(
        "AI Factory France: portal",
        [home_routes(settings.public_url), file_routes()],
        {},
        IdentityVerifier(secret, NAME),
    )
