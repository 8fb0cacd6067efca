"""What the gateway says of itself; its processes and its command line follow from it."""

from starlette.types import ASGIApp

from aiff_gateway.main.externals import externals_of
from aiff_gateway.main.settings import Settings
from aiff_gateway.main.worker import GatewayWorker
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.service import Service, ServiceDatabase


def _application(settings: Settings) -> ASGIApp:
    # Its routes take a second to build; only a server pays for them.
    from aiff_gateway.main.gateway import Gateway  # noqa: PLC0415

    return Gateway(settings, externals_of(settings)).edge


SERVICE = Service(
    name="gateway",
    help="The public gateway.",
    settings=Settings,
    application=_application,
    database=ServiceDatabase("GATEWAY_DATABASE_URL", MIGRATIONS),
    worker=GatewayWorker,
    # What it remembers of the offers is outdated by events.
    serves_from_bus=True,
)
