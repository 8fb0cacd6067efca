"""How often somebody may try to sign in, or report an error."""

from collections.abc import Callable

from aiff_gateway.limits.domain.attempts import AttemptWindow
from aiff_gateway.limits.domain.errors import TooManyAttemptsError

_WINDOW_SECONDS = 900.0
_ATTEMPTS_PER_ACCOUNT = 10
_ATTEMPTS_PER_ADDRESS = 100
_HOUR_SECONDS = 3600.0
_REPORTS_PER_HOUR = 10


class SignInLimits:
    """Bounds guessing: by address and account together, and by address alone."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Take the time in seconds from `monotonic`."""
        self._monotonic = monotonic
        self._accounts = AttemptWindow(_ATTEMPTS_PER_ACCOUNT, _WINDOW_SECONDS)
        self._addresses = AttemptWindow(_ATTEMPTS_PER_ADDRESS, _WINDOW_SECONDS)

    def admit(self, address: str, email: str) -> None:
        """Count an attempt, or raise TooManyAttemptsError with the wait."""
        now = self._monotonic()
        wait = self._addresses.attempt(address, now)
        wait = wait or self._accounts.attempt(f"{address} {email}", now)
        if wait:
            raise TooManyAttemptsError("sign-in attempts", wait)

    def succeeded(self, address: str, email: str) -> None:
        """Forget the attempts on an account that ended well."""
        self._accounts.forget(f"{address} {email}")


class ReportLimits:
    """Bounds what one address reports: curators read each report."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Take the time in seconds from `monotonic`."""
        self._monotonic = monotonic
        self._addresses = AttemptWindow(_REPORTS_PER_HOUR, _HOUR_SECONDS)

    def admit(self, address: str) -> None:
        """Count a report, or raise TooManyAttemptsError with the wait."""
        wait = self._addresses.attempt(address, self._monotonic())
        if wait:
            raise TooManyAttemptsError("reports", wait)
