"""How often something may be tried: a sliding window in memory, bounded."""

import math
from collections import OrderedDict, deque
from threading import Lock


class AttemptWindow:
    """Allows `limit` attempts a key in any `seconds`; the least recent keys are forgotten.

    It lives in one process: several gateways multiply the limit by their number, which still
    makes guessing useless.
    """

    def __init__(self, limit: int, seconds: float, max_keys: int = 10_000) -> None:
        """Set the limit, the window in seconds, and how many keys are remembered."""
        self._limit = limit
        self._seconds = seconds
        self._max_keys = max_keys
        self._attempts: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def attempt(self, key: str, now: float) -> int:
        """Count an attempt at `now` (seconds); return 0, or the seconds to wait if refused."""
        with self._lock:
            times = self._attempts.setdefault(key, deque())
            self._attempts.move_to_end(key)
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._limit:
                return max(1, math.ceil(times[0] + self._seconds - now))
            times.append(now)
            if len(self._attempts) > self._max_keys:
                self._attempts.popitem(last=False)
            return 0

    def forget(self, key: str) -> None:
        """Begin anew for a key, after a success."""
        with self._lock:
            self._attempts.pop(key, None)
