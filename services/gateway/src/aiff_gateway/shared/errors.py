"""What every capability's refusals are, and what any of them may meet."""


class GatewayError(Exception):
    """The base of every expected refusal; its text may be shown to the caller."""


class StorageUnavailableError(GatewayError):
    """The gateway's own database did not answer."""
