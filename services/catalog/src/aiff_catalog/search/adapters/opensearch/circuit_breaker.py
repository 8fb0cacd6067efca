"""Not asking again at once what has just failed several times."""

import time
from collections.abc import Callable


class CircuitBreaker:
    """Lets calls through until several in a row have failed; then only one in a while.

    That one is the probe: when it succeeds, all calls go through again.
    """

    def __init__(
        self,
        failures: int = 5,
        rest_seconds: float = 5.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep how many failures open it, and for how long; `monotonic` is in seconds."""
        self._limit = failures
        self._rest_seconds = rest_seconds
        self._monotonic = monotonic
        self._failed = 0
        self._closed_until = 0.0

    def admits(self) -> bool:
        """Tell whether to call now; a caller that is admitted reports the outcome."""
        if self._failed < self._limit:
            return True
        now = self._monotonic()
        if now < self._closed_until:
            return False
        # Nobody else probes until this one's outcome is known, or long overdue.
        self._closed_until = now + self._rest_seconds
        return True

    @property
    def is_open(self) -> bool:
        """Tell whether calls are held back after failures in a row."""
        return self._failed >= self._limit

    def succeeded(self) -> None:
        """Note a call that worked."""
        self._failed = 0

    def failed(self) -> None:
        """Note a call that did not."""
        self._failed += 1
        self._closed_until = self._monotonic() + self._rest_seconds
