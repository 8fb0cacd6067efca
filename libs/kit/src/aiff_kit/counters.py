"""Counting beside the answers: added up in memory, written now and then in a thread of its own.

No reader waits for a statistic. What a killed process had not written is lost: some seconds of it.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from threading import Lock, Thread

import structlog

from aiff_kit.clock import Clock

_WRITTEN_EVERY = timedelta(seconds=10)
# A flood of different names must not fill the memory between two writings.
_MOST_NAMES = 10_000
_log = structlog.get_logger(__name__)

Write = Callable[[date, Mapping[str, float]], None]


class BufferedCounter:
    """Amounts by name, of which `write` gets those of a day that were added since the last time."""

    def __init__(self, write: Write, clock: Clock) -> None:
        """Keep what writes (in a transaction of its own), and the clock."""
        self._write = write
        self._clock = clock
        self._lock = Lock()
        self._added: dict[str, float] = {}
        self._written_at = clock()

    def add(self, amounts: Mapping[str, float]) -> None:
        """Add amounts, and have them written when it is time."""
        with self._lock:
            for name, amount in amounts.items():
                if name in self._added or len(self._added) < _MOST_NAMES:
                    self._added[name] = self._added.get(name, 0) + amount
            due = self._clock() - self._written_at >= _WRITTEN_EVERY
        if due:
            Thread(target=self.write, daemon=True).start()

    def write(self) -> None:
        """Write what was added since the last time; a database that is away loses it."""
        with self._lock:
            added, self._added = self._added, {}
            self._written_at = now = self._clock()
        if not added:
            return
        try:
            self._write(now.date(), added)
        except Exception as error:  # noqa: BLE001 - a statistic never stops an answer.
            _log.warning("a tally was not written", reason=type(error).__name__)
