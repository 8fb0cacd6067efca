"""What can be wrong with mail that callers ask about."""

from aiff_gateway.shared.errors import GatewayError


class UnreadableTokenError(GatewayError):
    """The token of an address in a letter is damaged or was not made here."""


class UnreadableReportError(GatewayError):
    """What was given is no delivery report (RFC 3464)."""


class CarrierAwayError(Exception):
    """Nothing can be carried now: no letter is to blame."""
