"""What the gateway says of itself; its processes and its command line follow from it."""

from aiff_gateway.edge.entrypoints.http.edge import Edge
from aiff_gateway.main.externals import externals_of
from aiff_gateway.main.gateway import Gateway
from aiff_gateway.main.settings import Settings
from aiff_gateway.main.worker import GatewayWorker
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.service import Service, ServiceDatabase


def _application(settings: Settings) -> Edge:
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
