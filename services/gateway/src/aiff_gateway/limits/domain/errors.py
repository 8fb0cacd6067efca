"""What it is called when something was tried too often."""

from aiff_gateway.shared.errors import GatewayError


class TooManySignInsError(GatewayError):
    """Sign-in was tried too often; `retry_after` seconds must pass."""

    def __init__(self, retry_after: int) -> None:
        """Keep the wait in whole seconds."""
        self.retry_after = retry_after
        super().__init__(f"too many sign-in attempts; try again in {retry_after} seconds")
