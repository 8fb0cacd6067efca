"""What can go wrong with the services behind the gateway."""

from aiff_gateway.shared.errors import GatewayError


class UpstreamUnavailableError(GatewayError):
    """The service behind a route could not be reached."""


class UpstreamTimeoutError(GatewayError):
    """The service behind a route did not answer in time."""
