"""The web application, as uvicorn starts it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from fastapi import FastAPI

from aiff_catalog.exchange.entrypoints.http import changes, exports, feeds
from aiff_catalog.imports.entrypoints.http import imports
from aiff_catalog.imports.entrypoints.http import mappings as import_mappings
from aiff_catalog.main.bootstrap import Catalog
from aiff_catalog.main.settings import CatalogSettings, ExchangeSettings
from aiff_catalog.offers.entrypoints.http import (
    history,
    lists,
    organisations,
    reading,
    writing,
)
from aiff_catalog.partners.entrypoints.http import (
    policies as partner_policies,
)
from aiff_catalog.partners.entrypoints.http import (
    writing as partner_writes,
)
from aiff_catalog.quality.entrypoints.http import duplicates
from aiff_catalog.quality.entrypoints.http import work_list as quality
from aiff_catalog.reviews.entrypoints.http import publication, submission
from aiff_catalog.reviews.entrypoints.http import queue as reviewing
from aiff_catalog.search.entrypoints.http import searching
from aiff_catalog.search.entrypoints.http.measures import show_breaker
from aiff_catalog.shared.http.problems import ERRORS
from aiff_catalog.statistics import entrypoints as statistics
from aiff_catalog.vocabularies.entrypoints.http import (
    editing as vocabulary_editing,
)
from aiff_catalog.vocabularies.entrypoints.http import (
    previews as vocabulary_previews,
)
from aiff_catalog.vocabularies.entrypoints.http import (
    reading as vocabularies,
)
from aiff_kit.auth import IdentityVerifier
from aiff_kit.http import Health, service_app
from aiff_kit.observability import watch
from aiff_kit.settings import RuntimeSettings, identity_secret, read

NAME = "catalog"
# Searching comes before reading: /search is no slug.
_ROUTES = (
    searching,
    writing,
    submission,
    partner_writes,
    publication,
    duplicates,
    quality,
    statistics,
    history,
    reading,
    lists,
    reviewing,
    organisations,
    partner_policies,
    imports,
    import_mappings,
    vocabularies,
    vocabulary_editing,
    vocabulary_previews,
    changes,
    exports,
    feeds,
)


def create_app() -> FastAPI:
    """Return the application of this process's environment."""
    runtime = read(RuntimeSettings)
    watch(NAME, runtime)
    catalog = Catalog(read(CatalogSettings), runtime.clock(), read(ExchangeSettings))
    return application(catalog, identity_secret(runtime))


def application(catalog: Catalog, secret: str) -> FastAPI:
    """Return the application on these parts; they are closed when it stops."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        Thread(target=catalog.questions.warm_up, daemon=True).start()
        yield
        await catalog.close_reading()
        catalog.close()

    app = service_app(
        "AI Factory France: catalogue",
        [module.router for module in _ROUTES],
        ERRORS,
        IdentityVerifier(secret, NAME),
        health=Health(ready={"database": catalog.check_database}),
        lifespan=lifespan,
    )
    app.state.services = catalog.services(secret)
    show_breaker(catalog.search.is_resting)
    return app
