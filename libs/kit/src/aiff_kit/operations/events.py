"""A service's events as an operator sees them: what waits, what failed, and a second chance."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiff_contracts.events import Event
from aiff_kit.bus import Bus, Delivered, event_of
from aiff_kit.outbox import PASSING, DeadLetter, DeadLetters, OutboxDepth

RELAY = "relay"


@dataclass(frozen=True, slots=True)
class ConsumerGroup:
    """A consumer group of the service, and what it does with a record.

    `handle` raises what hinders it; `passing` are faults of the surroundings, for which no
    record is to blame.
    """

    group: str
    topics: tuple[str, ...]
    handle: Callable[[Delivered], None]
    passing: tuple[type[Exception], ...] = PASSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many records wait for somebody: for the relay to leave, or for a consumer.

    `oldest_at` is known of the outbox only.
    """

    waits_for: str
    topic: str | None
    records: int
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a replayed dead letter; `reason` is why it failed again, if it did."""

    letter: DeadLetter
    reason: str | None


class EventOperations:
    """Looks at the events of one service and replays its dead letters."""

    def __init__(
        self,
        bus: Bus,
        outbox: OutboxDepth,
        dead_letters: DeadLetters,
        readers: Sequence[ConsumerGroup],
    ) -> None:
        """Keep the parts."""
        self._bus = bus
        self._outbox = outbox
        self.dead_letters = dead_letters
        self._readers = {reader.group: reader for reader in readers}

    def waiting(self) -> Sequence[Waiting]:
        """Return what waits in the outbox and for each consumer, topic by topic."""
        oldest = self._outbox.oldest()
        outbox = Waiting(
            waits_for=RELAY, topic=None, records=self._outbox.waiting(), oldest_at=oldest
        )
        behind = [
            Waiting(
                waits_for=reader.group, topic=topic, records=self._bus.lag(reader.group, [topic])
            )
            for reader in self._readers.values()
            for topic in reader.topics
        ]
        return [outbox, *behind]

    def replay(self, letters: Iterable[DeadLetter]) -> Iterator[Replayed]:
        """Have each record handled again, oldest first; one that fails again stays parked.

        A fault of the surroundings is raised, and what is left stays as it is.
        """
        for letter in letters:
            reason = self._reason(letter)
            if reason is None:
                self.dead_letters.settle(letter)
            else:
                self.dead_letters.failed_again(letter, reason)
            yield Replayed(letter, reason)

    def _reason(self, letter: DeadLetter) -> str | None:
        reader = self._readers.get(letter.consumer)
        if reader is None:
            return f"the service has no consumer {letter.consumer} any more"
        try:
            reader.handle(letter.delivered)
        except reader.passing:
            raise
        except Exception as error:  # noqa: BLE001  Whatever hinders it is the new reason.
            return f"{type(error).__name__}: {error}"
        return None


def handling(handler: Callable[[Event], None]) -> Callable[[Delivered], None]:
    """Return what reads a record as an event and hands it to the handler."""
    return lambda delivered: handler(event_of(delivered.record))
