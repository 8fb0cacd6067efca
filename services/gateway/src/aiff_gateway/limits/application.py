"""How often somebody may try to sign in."""

from collections.abc import Callable

from aiff_gateway.limits.domain.attempts import AttemptWindow
from aiff_gateway.limits.domain.errors import TooManySignInsError

_WINDOW_SECONDS = 900.0
_ATTEMPTS_PER_ACCOUNT = 10
_ATTEMPTS_PER_ADDRESS = 100


class SignInLimits:
    """Bounds guessing: by address and account together, and by address alone."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Take the time in seconds from `monotonic`."""
        self._monotonic = monotonic
        self._accounts = AttemptWindow(_ATTEMPTS_PER_ACCOUNT, _WINDOW_SECONDS)
        self._addresses = AttemptWindow(_ATTEMPTS_PER_ADDRESS, _WINDOW_SECONDS)

    def admit(self, address: str, email: str) -> None:
        """Count an attempt, or raise TooManySignInsError with the wait."""
        now = self._monotonic()
        wait = self._addresses.attempt(address, now)
        wait = wait or self._accounts.attempt(f"{address} {email}", now)
        if wait:
            raise TooManySignInsError(wait)

    def succeeded(self, address: str, email: str) -> None:
        """Forget the attempts on an account that ended well."""
        self._accounts.forget(f"{address} {email}")
