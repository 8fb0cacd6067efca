"""What the portal says of itself; its process and its command line follow from it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI

from aiff_kit.auth import IdentityVerifier
from aiff_kit.clock import Clock
from aiff_kit.http import service_app
from aiff_kit.service import Service
from aiff_kit.settings import identity_secret
from aiff_portal.api.adapters import PublicApi, open_client
from aiff_portal.main.settings import Settings
from aiff_portal.main.wiring.catalogue import wire_catalogue
from aiff_portal.main.wiring.checks import wire_checks
from aiff_portal.main.wiring.needs import wire_needs
from aiff_portal.main.wiring.network import wire_network
from aiff_portal.main.wiring.reference import wire_reference
from aiff_portal.main.wiring.reports import wire_reports
from aiff_portal.ui.domain.language import LANGUAGES
from aiff_portal.ui.entrypoints.components import component_routes
from aiff_portal.ui.entrypoints.faults import explain_faults, refusal_routes
from aiff_portal.ui.entrypoints.files import file_routes
from aiff_portal.ui.entrypoints.glossary import glossary_routes
from aiff_portal.ui.entrypoints.languages import language_routes

NAME = "portal"


def application(
    client: httpx2.AsyncClient, secret: str, clock: Clock, *, components: bool = False
) -> FastAPI:
    """Return the portal over connections to the gateway, which end with it.

    It starts without the gateway, which starts after it; `components` shows the page of all
    components.
    """
    api = PublicApi(client)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await api.close()

    terms = [glossary_routes(language) for language in LANGUAGES]
    shown = [component_routes(language) for language in LANGUAGES] if components else []
    app = service_app(
        "AI Factory France: portal",
        [
            *(language_routes(), file_routes(), *terms, *shown),
            *[refusal_routes(language) for language in LANGUAGES],
            *(
                *wire_catalogue(api, clock),
                *wire_network(api, clock),
                *wire_needs(api),
                *wire_checks(api),
                *wire_reports(api),
            ),
            *wire_reference(api),
        ],
        {},
        IdentityVerifier(secret, NAME),
        lifespan=lifespan,
    )
    explain_faults(app)
    return app


def _application(settings: Settings) -> FastAPI:
    return application(
        open_client(settings.portal.gateway_url),
        identity_secret(settings.runtime),
        settings.runtime.clock(),
        components=settings.runtime.environment == "development",
    )


SERVICE = Service(
    name=NAME,
    help="The pages of AI Factory France.",
    settings=Settings,
    application=_application,
)
