"""Loops that run beside each other until the process is told to stop."""

import signal
import threading
from collections.abc import Callable, Mapping

import structlog

# A step does a little work and returns how much it did; nothing done means a short rest.
Step = Callable[[], int]
_REST_SECONDS = 0.02
_FIRST_BACKOFF = 0.2
_LONGEST_BACKOFF = 5.0

_log = structlog.get_logger(__name__)


class Worker:
    """Runs named steps, each in its own thread, again and again.

    A step that fails is logged and tried again with growing pauses; the others go on.
    """

    def __init__(self, steps: Mapping[str, Step]) -> None:
        """Keep the steps by name."""
        self._steps = dict(steps)
        self._stopping = threading.Event()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT, then let each step finish what it is doing."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        threads = [
            threading.Thread(target=self._loop, args=(name, step), name=name)
            for name, step in self._steps.items()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def stop(self) -> None:
        """Ask every loop to end after its current step."""
        self._stopping.set()

    def _loop(self, name: str, step: Step) -> None:
        backoff = _FIRST_BACKOFF
        while not self._stopping.is_set():
            try:
                done = step()
            except Exception:  # noqa: BLE001  Whatever fails is logged and tried again.
                _log.exception("step failed", step=name, retry_in_seconds=backoff)
                self._stopping.wait(backoff)
                backoff = min(backoff * 2, _LONGEST_BACKOFF)
                continue
            backoff = _FIRST_BACKOFF
            if done == 0:
                self._stopping.wait(_REST_SECONDS)
