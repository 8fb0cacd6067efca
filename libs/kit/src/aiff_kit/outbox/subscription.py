"""A consumer that hands events to a handler, at least once, and parks what it cannot handle."""

import time
from collections import deque
from collections.abc import Callable

import structlog
from opentelemetry.trace import SpanKind
from sqlalchemy.exc import InternalError, ProgrammingError

from aiff_contracts.events import Event
from aiff_kit.bus import BusUnavailableError, Consumer, Delivered, event_of
from aiff_kit.db import DATABASE_AWAY
from aiff_kit.observability import traced
from aiff_kit.outbox.dead_letters import DeadLetters
from aiff_kit.outbox.handled import Handled

Handler = Callable[[Event], None]
# Faults of the surroundings: the event is fine and is tried again until they end. A value that
# the database refuses (DataError, IntegrityError) is not among them: it would stay refused.
PASSING = (*DATABASE_AWAY, BusUnavailableError, InternalError, OSError, ProgrammingError)
# Seconds before each attempt: a fault of a moment, as a lost race, has time to pass.
_ATTEMPTS_AFTER = (0.0, 0.05, 0.25)
# Records between two commits of positions.
_AT_ONCE = 100


class Subscription:
    """Polls, handles, commits. The handler owns its transaction and its inbox.

    An event that no code can read, or on which the handler fails three times, goes to the dead
    letters with the reason, and the partition goes on. A fault of the surroundings (database or
    bus away) never parks an event: it stays first in line.
    """

    def __init__(
        self, name: str, consumer: Consumer, handler: Handler, dead_letters: DeadLetters
    ) -> None:
        """Keep the parts; `name` is the consumer group."""
        self._name = name
        self._consumer = consumer
        self._handler = handler
        self._dead_letters = dead_letters
        self._waiting: deque[Delivered] = deque()
        self._count = Handled(name)

    def step(self, timeout_seconds: float = 0.5) -> int:
        """Handle what comes within the time; return how many records were dealt with.

        The positions are committed once at the end, or at the first fault: a process that dies
        before gets the same records again, which its inbox recognises.
        """
        if not self._waiting:
            self._waiting.extend(self._consumer.poll(timeout_seconds, _AT_ONCE))
        handled = 0
        last: dict[tuple[str, int], Delivered] = {}
        try:
            while self._waiting:
                self._deal_with(self._waiting[0])
                done = self._waiting.popleft()
                last[done.record.topic, done.partition] = done
                handled += 1
        finally:
            for done in last.values():
                self._consumer.commit(done)
        return handled

    def close(self) -> None:
        """Leave the group."""
        self._consumer.close()

    def _deal_with(self, delivered: Delivered) -> None:
        try:
            event = event_of(delivered.record)
        except (KeyError, ValueError) as error:
            self._park(delivered, f"unreadable: {error}")
            return
        began = time.perf_counter()
        with (
            structlog.contextvars.bound_contextvars(request_id=event.request_id),
            traced(f"process {self._name}", SpanKind.CONSUMER, event.traceparent, _facts(event)),
        ):
            reason = self._attempt(event)
            if reason is not None:
                self._park(delivered, reason)
                return
        self._count.handled(1, time.perf_counter() - began)

    def _park(self, delivered: Delivered, reason: str) -> None:
        self._dead_letters.park(self._name, delivered, reason)
        self._count.parked()

    def _attempt(self, event: Event) -> str | None:
        """Return None when handled, else why the handler could not, after several attempts."""
        reason = None
        for pause in _ATTEMPTS_AFTER:
            time.sleep(pause)
            try:
                self._handler(event)
            except PASSING:
                raise
            except Exception as error:  # noqa: BLE001  A poison event must not stop the others.
                reason = f"{type(error).__name__}: {error}"
            else:
                return None
        return reason


def _facts(event: Event) -> dict[str, str | int]:
    return {"cloudevents.event_type": event.type, "cloudevents.event_id": str(event.id)}
