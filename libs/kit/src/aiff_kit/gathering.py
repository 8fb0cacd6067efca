"""Calls of several threads that wait for the same work are done in one go.

For work that costs less for several than for one after the other, and that only one thread can do
at a time: who gets the turn takes along what others wait for.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


@dataclass(slots=True, eq=False)
class _Wanted(Generic[Given, Found]):
    given: Given
    found: Found | None = None
    failure: Exception | None = None
    is_done: bool = False


class Gathering(Generic[Given, Found]):
    """Does work for lists of at most `most` things, first come first served.

    Each caller waits for its own things only. A failure reaches those alone whose thing fails: what
    fails together is tried again one by one.
    """

    def __init__(self, work: Callable[[list[Given]], Sequence[Found]], most: int) -> None:
        """Keep what does the work, one result for each thing in their order."""
        self._work = work
        self._most = most
        self._waiting: deque[_Wanted[Given, Found]] = deque()
        self._turn = Lock()

    def do(self, things: Sequence[Given]) -> list[Found]:
        """Return the result of each thing; raise the first failure among them."""
        found: list[Found] = []
        for start in range(0, len(things), self._most):
            found += self._done(things[start : start + self._most])
        return found

    def _done(self, things: Sequence[Given]) -> list[Found]:
        own = [_Wanted[Given, Found](thing) for thing in things]
        self._waiting.extend(own)
        with self._turn:
            # The first come is the first done, so the last of them is done last.
            while not own[-1].is_done:
                self._do_some()
        failures = [wanted.failure for wanted in own if wanted.failure is not None]
        if failures:
            raise failures[0]
        return [wanted.found for wanted in own]  # type: ignore[misc]

    def _do_some(self) -> None:
        some = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            self._do_together(some)
        except Exception:  # noqa: BLE001 - each gets its own failure below.
            for wanted in some:
                self._do_alone(wanted)
        for wanted in some:
            wanted.is_done = True

    def _do_together(self, some: Sequence[_Wanted[Given, Found]]) -> None:
        results = self._work([wanted.given for wanted in some])
        for wanted, found in zip(some, results, strict=True):
            wanted.found = found

    def _do_alone(self, wanted: _Wanted[Given, Found]) -> None:
        try:
            self._do_together([wanted])
        except Exception as failure:  # noqa: BLE001 - it is handed to who asked.
            wanted.failure = failure
