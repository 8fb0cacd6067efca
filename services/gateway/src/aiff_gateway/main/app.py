"""The application for a server: `uvicorn --factory aiff_gateway.main.app:create_app`."""

from aiff_gateway.edge.entrypoints.http.edge import Edge
from aiff_gateway.main.bootstrap import Gateway, Surroundings
from aiff_gateway.main.settings import GatewaySettings
from aiff_kit.bus import open_bus
from aiff_kit.observability import watch
from aiff_kit.settings import BusSettings, RuntimeSettings, identity_secret, read


def create_app() -> Edge:
    """Read the environment and return the gateway's application."""
    runtime = read(RuntimeSettings)
    watch("gateway", runtime)
    return gateway().edge


def gateway() -> Gateway:
    """Read the environment and return the parts."""
    bus = read(BusSettings)
    secret = identity_secret(read(RuntimeSettings))
    return Gateway(read(GatewaySettings), Surroundings(secret, lambda: open_bus(bus)))
