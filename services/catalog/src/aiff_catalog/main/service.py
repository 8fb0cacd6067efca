"""What the catalogue says of itself; its processes and commands follow from it."""

from starlette.types import ASGIApp

from aiff_catalog.main.catalog import Catalog
from aiff_catalog.main.search_check import search_engine
from aiff_catalog.main.settings import Settings
from aiff_catalog.main.wiring.base import PASSING
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_kit.service import Service, ServiceDatabase
from aiff_kit.settings import identity_secret


def _application(settings: Settings) -> ASGIApp:
    # Its routes take a second to build; only a server pays for them.
    from aiff_catalog.main.web import application  # noqa: PLC0415

    return application(Catalog(settings), identity_secret(settings.runtime))


SERVICE = Service(
    name="catalog",
    help="The catalogue of AI Factory France.",
    settings=Settings,
    application=_application,
    database=ServiceDatabase("CATALOG_DATABASE_URL", MIGRATIONS),
    worker=Catalog,
    engines=lambda settings: (search_engine(settings.search),),
    away=PASSING,
)
