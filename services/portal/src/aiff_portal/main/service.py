"""What the portal says of itself; its process and its command line follow from it."""

from fastapi import FastAPI

from aiff_kit.auth import IdentityVerifier
from aiff_kit.http import service_app
from aiff_kit.service import Service
from aiff_kit.settings import identity_secret
from aiff_portal.home.entrypoints.http import home_routes
from aiff_portal.main.settings import PortalSettings, Settings
from aiff_portal.ui.entrypoints.files import file_routes

NAME = "portal"


def application(settings: PortalSettings, secret: str) -> FastAPI:
    """Return the portal with these settings; it has nothing to open, so nothing to wait for."""
    return service_app(
        "AI Factory France: portal",
        [home_routes(settings.public_url), file_routes()],
        {},
        IdentityVerifier(secret, NAME),
    )


def _application(settings: Settings) -> FastAPI:
    return application(settings.portal, identity_secret(settings.runtime))


SERVICE = Service(
    name=NAME,
    help="The pages of AI Factory France.",
    settings=Settings,
    application=_application,
)
