"""What it is called when something was tried too often."""

from aiff_gateway.shared.errors import GatewayError


class TooManyAttemptsError(GatewayError):
    """Something was tried too often; `retry_after` seconds must pass."""

    def __init__(self, what: str, retry_after: int) -> None:
        """Name what was tried (many of them), and keep the wait in whole seconds."""
        self.retry_after = retry_after
        super().__init__(f"too many {what}; try again in {retry_after} seconds")
