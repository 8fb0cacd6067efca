"""What the catalogue says of itself; its processes and commands follow from it."""

from fastapi import FastAPI

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.search_check import search_engine
from aiff_catalog.main.settings import Settings
from aiff_catalog.main.web import NAME, application
from aiff_catalog.main.wiring.base import PASSING
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_kit.service import Service, ServiceDatabase
from aiff_kit.settings import identity_secret


def _application(settings: Settings) -> FastAPI:
    return application(Catalog(settings), identity_secret(settings.runtime))


SERVICE = Service(
    name=NAME,
    help="The catalogue of AI Factory France.",
    settings=Settings,
    application=_application,
    database=ServiceDatabase("CATALOG_DATABASE_URL", MIGRATIONS),
    worker=Catalog,
    engines=lambda settings: (search_engine(settings.search),),
    away=PASSING,
)
