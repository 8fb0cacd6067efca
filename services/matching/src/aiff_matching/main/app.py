"""The web application, as uvicorn starts it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from fastapi import FastAPI

from aiff_kit.auth import IdentityVerifier
from aiff_kit.http import Health, service_app
from aiff_kit.observability import watch
from aiff_kit.settings import RuntimeSettings, identity_secret, read
from aiff_matching.answers.entrypoints.http import matches
from aiff_matching.authoring.entrypoints import http as authoring
from aiff_matching.coverage import entrypoints as coverage
from aiff_matching.experience import entrypoints as exposure
from aiff_matching.introductions.entrypoints.http import introductions, received, tray
from aiff_matching.journeys.entrypoints.http import journeys
from aiff_matching.main.bootstrap import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.partners.entrypoints.http import discoverability, searches
from aiff_matching.plans.entrypoints.http import plans
from aiff_matching.profiles.entrypoints.http import needs, startups
from aiff_matching.shared.problems import ERRORS
from aiff_matching.shared.provided import provide
from aiff_matching.watching import entrypoints as alerts

NAME = "matching"
# Addresses with a word come before those with an id in the same place.
ROUTES = (
    *(matches, plans, journeys, startups, discoverability, needs, alerts, authoring),
    *(received, tray, introductions, searches, exposure, coverage),
)


def create_app() -> FastAPI:
    """Return the application of this process's environment."""
    runtime = read(RuntimeSettings)
    watch(NAME, runtime)
    return application(Matching(read(MatchingSettings), runtime.clock()), identity_secret(runtime))


def application(matching: Matching, secret: str) -> FastAPI:
    """Return the application on these parts; they are closed when it stops."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        Thread(target=matching.warm_up, daemon=True).start()
        yield
        matching.close()

    app = service_app(
        "AI Factory France: matching",
        [module.router for module in ROUTES],
        ERRORS,
        IdentityVerifier(secret, NAME),
        health=Health(ready={"database": matching.check_database}),
        lifespan=lifespan,
    )
    provide(app, matching.services(secret))
    return app
