"""The web application, from the catalogue's parts."""

from fastapi import FastAPI

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.routes import ROUTERS
from aiff_catalog.main.services import services
from aiff_catalog.search.entrypoints.http.measures import show_breaker
from aiff_catalog.shared.http.problems import ERRORS
from aiff_kit import service as kit
from aiff_kit.service import Named

NAME = "catalog"
_NAMED = Named(NAME, "AI Factory France: catalogue")


def application(catalog: Catalog, secret: str) -> FastAPI:
    """Return the application on these parts; they are closed when it stops."""
    app = kit.application(_NAMED, ROUTERS, ERRORS, catalog, secret)
    app.state.services = services(catalog, secret)
    show_breaker(catalog.search.engine.is_resting)
    return app
