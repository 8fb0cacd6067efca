"""What matching says of itself; its processes and commands follow from it."""

from starlette.types import ASGIApp

from aiff_kit.service import Service, ServiceDatabase
from aiff_kit.settings import identity_secret
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import Settings
from aiff_matching.shared.errors import RebuildRefusedError
from aiff_matching.shared.migrations import MIGRATIONS


def _application(settings: Settings) -> ASGIApp:
    # Its routes take a second to build; only a server pays for them.
    from aiff_matching.main.web import application  # noqa: PLC0415

    return application(parts_of(settings), identity_secret(settings.runtime))


def parts_of(settings: Settings) -> Matching:
    """Return the service's parts for one process."""
    return Matching(settings.matching, settings.runtime.clock())


SERVICE = Service(
    name="matching",
    help="Matching of AI Factory France.",
    settings=Settings,
    application=_application,
    database=ServiceDatabase("MATCHING_DATABASE_URL", MIGRATIONS),
    worker=parts_of,
    refused=(RebuildRefusedError,),
)
