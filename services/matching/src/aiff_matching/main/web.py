"""The web application, from the service's parts."""

from fastapi import FastAPI

from aiff_kit import service as kit
from aiff_kit.service import Named
from aiff_matching.answers.entrypoints.http import matches
from aiff_matching.authoring.entrypoints import http as authoring
from aiff_matching.coverage import entrypoints as coverage
from aiff_matching.dossiers.entrypoints.http import dossiers
from aiff_matching.experience import entrypoints as exposure
from aiff_matching.introductions.entrypoints.http import introductions, received, tray
from aiff_matching.journeys.entrypoints.http import journeys
from aiff_matching.main.matching import Matching
from aiff_matching.partners.entrypoints.http import discoverability, searches
from aiff_matching.plans.entrypoints.http import plans
from aiff_matching.profiles.entrypoints.http import needs, startups
from aiff_matching.shared.problems import ERRORS
from aiff_matching.shared.provided import provide
from aiff_matching.watching import entrypoints as alerts

NAME = "matching"
_NAMED = Named(NAME, "AI Factory France: matching")
# Addresses with a word come before those with an id in the same place.
_ROUTES = (
    *(matches, plans, journeys, dossiers, startups, discoverability, needs, alerts, authoring),
    *(received, tray, introductions, searches, exposure, coverage),
)


def application(matching: Matching, secret: str) -> FastAPI:
    """Return the application on these parts; they are closed when it stops."""
    routers = [module.router for module in _ROUTES]
    app = kit.application(_NAMED, routers, ERRORS, matching, secret)
    provide(app, matching.for_routes(secret))
    return app
