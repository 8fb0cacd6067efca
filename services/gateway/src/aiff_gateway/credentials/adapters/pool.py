"""The few threads in which passwords are hashed: readers never wait for whoever signs in."""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from aiff_gateway.credentials.domain.errors import TooManyWaitingError

_AT_ONCE = 2
# At some 50 ms each, the last of them waits for ten seconds: later than that nobody is there.
_MOST_WAITING = 400
# Of two that could run, the thread that answers readers goes first (`nice`; Linux has it a thread).
_NICENESS = 10
Result = TypeVar("Result")


class PasswordThreads:
    """Runs slow work two at a time; how many wait is bounded."""

    def __init__(self, at_once: int = _AT_ONCE, most_waiting: int = _MOST_WAITING) -> None:
        """Start no thread yet."""
        self._threads = ThreadPoolExecutor(at_once, "passwords", initializer=_step_back)
        self._most = at_once + most_waiting
        self._taken = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what `work` returns; TooManyWaitingError where the queue is full.

        To be called on one event loop. Work whose caller is gone before its turn is not done.
        """
        if self._taken >= self._most:
            message = "too many sign-ins at once"
            raise TooManyWaitingError(message)
        self._taken += 1
        try:
            loop, context = asyncio.get_running_loop(), copy_context()
            return await loop.run_in_executor(self._threads, context.run, work)
        finally:
            self._taken -= 1


def _step_back() -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
