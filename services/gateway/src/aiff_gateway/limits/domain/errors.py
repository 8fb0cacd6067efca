"""What it is called when something was tried too often."""

from collections.abc import Sequence

from aiff_gateway.limits.domain.policies import Standing
from aiff_gateway.shared.errors import GatewayError


class TooManyAttemptsError(GatewayError):
    """Something was tried too often; `retry_after` seconds must pass."""

    def __init__(self, what: str, retry_after: int) -> None:
        """Name what was tried (many of them), and keep the wait in whole seconds."""
        self.retry_after = retry_after
        super().__init__(f"too many {what}; try again in {retry_after} seconds")


class LimitReachedError(TooManyAttemptsError):
    """A request is one more than its policy admits; `standings` say where the caller stands."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        """Keep the standings, of which at least one did not admit the request."""
        refusing = [one for one in standings if not one.admitted]
        self.standings = tuple(standings)
        longest = max(refusing, key=lambda one: one.wait)
        super().__init__(f"requests ({longest.policy.name})", longest.wait)
