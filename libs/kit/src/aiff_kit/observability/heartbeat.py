"""Whether the loops of a process still move: what its liveness rests on."""

import time
from collections.abc import Callable

# Longer than any step may take: the slowest waits half a minute for a bus that is away, and long
# work (a rebuild) beats between its batches.
STUCK_AFTER_SECONDS = 120.0


class StuckError(Exception):
    """A loop has not moved for too long; the message names it."""


class Heartbeat:
    """Remembers when each loop last moved. Threads may beat at the same time."""

    def __init__(
        self,
        stuck_after_seconds: float = STUCK_AFTER_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep after how many seconds without a beat a loop counts as stuck."""
        self._stuck_after = stuck_after_seconds
        self._monotonic = monotonic
        self._beats: dict[str, float] = {}

    def beat(self, loop: str) -> None:
        """Note that a loop moves; the first beat makes it watched."""
        self._beats[loop] = self._monotonic()

    def end(self, loop: str) -> None:
        """Stop watching a loop that has ended as it should."""
        self._beats.pop(loop, None)

    def check(self) -> None:
        """Raise StuckError when a loop has not moved for too long.

        A step that fails again and again still moves: a database that is away must not make an
        orchestrator end the process.
        """
        now = self._monotonic()
        stuck = [loop for loop, at in list(self._beats.items()) if now - at > self._stuck_after]
        if stuck:
            raise StuckError(f"these loops do not move: {', '.join(stuck)}")
