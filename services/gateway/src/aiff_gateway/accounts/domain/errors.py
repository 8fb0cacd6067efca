"""What can be wrong with an account."""

from aiff_gateway.shared.errors import GatewayError


class AccountExistsError(GatewayError):
    """There is an account with this e-mail already."""


class AccountNotFoundError(GatewayError):
    """There is no account with this e-mail."""


class InvalidAccountError(GatewayError):
    """An account cannot be made like this; the text says what to correct."""


class LinkRefusedError(GatewayError):
    """A link that opens nothing: used, expired, damaged or never made."""


class WeakPasswordError(InvalidAccountError):
    """A password that others would guess; the text says what to choose instead."""
