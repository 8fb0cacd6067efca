"""What a service does with events, stated once: it sends, consumes, measures and repairs them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Engine, Table

from aiff_contracts.events import topics_beside
from aiff_kit.bus import Bus, Consumer, Delivered
from aiff_kit.observability import Figure
from aiff_kit.operations import ConsumerGroup, EventOperations, handling
from aiff_kit.outbox import (
    PASSING,
    DeadLetters,
    EventFigures,
    Handler,
    OutboxDepth,
    Relay,
    Subscription,
)
from aiff_kit.service.worker import Step


@dataclass(frozen=True, slots=True)
class EventTables:
    """The tables of a service's database that its events pass through."""

    outbox: Table
    dead_letter: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class EventConsumer:
    """A consumer group of a service: what it reads, and what it does with a record.

    `step` is its name among the worker's steps; `open` makes that step, and `handle` has one
    record handled again that was parked. `passing` are faults of the surroundings, for which no
    record is to blame.
    """

    step: str
    group: str
    topic: str
    open: Callable[[Consumer, DeadLetters], Step]
    handle: Callable[[Delivered], None]
    passing: tuple[type[Exception], ...] = PASSING


def consumer_of(step: str, group: str, topic: str, handler: Handler) -> EventConsumer:
    """Return the consumer that hands each event to a handler, which owns its transaction."""

    def opened(consumer: Consumer, dead_letters: DeadLetters) -> Step:
        return Subscription(group, consumer, handler, dead_letters).step

    return EventConsumer(step=step, group=group, topic=topic, open=opened, handle=handling(handler))


class ServiceEvents:
    """The outbox, the consumers and the dead letters of one service."""

    def __init__(
        self,
        engine: Engine,
        tables: EventTables,
        topics: Sequence[str],
        consumers: Sequence[EventConsumer] = (),
    ) -> None:
        """Keep the parts; `topics` exist, with those beside them, before a step runs."""
        self._engine = engine
        self._tables = tables
        self._topics = topics
        self._consumers = consumers
        self._depth = OutboxDepth(engine, tables.outbox)
        self.dead_letters = DeadLetters(engine, tables.dead_letter, tables.outbox)

    @property
    def prompt(self) -> frozenset[str]:
        """Return the names of the steps below: others wait for what they carry."""
        return frozenset(("relay", *(consumer.step for consumer in self._consumers)))

    def steps(self, bus: Bus) -> dict[str, Step]:
        """Make the topics, and return the relay and the consumers as steps of a worker."""
        for topic in self._topics:
            bus.ensure_topics(topics_beside(topic))
        relay = Relay(self._engine, self._tables.outbox, bus.producer())
        return {
            "relay": relay.forward,
            **{consumer.step: self._open(bus, consumer) for consumer in self._consumers},
        }

    def figures(self, bus: Bus) -> Mapping[str, Figure]:
        """Return what is measured of the events now and then."""
        read = {consumer.group: [consumer.topic] for consumer in self._consumers}
        return EventFigures(bus, self._depth, self.dead_letters, read).all()

    def operations(self, bus: Bus) -> EventOperations:
        """Return the events as an operator sees them."""
        readers = [
            ConsumerGroup(consumer.group, (consumer.topic,), consumer.handle, consumer.passing)
            for consumer in self._consumers
        ]
        return EventOperations(bus, self._depth, self.dead_letters, readers)

    def _open(self, bus: Bus, consumer: EventConsumer) -> Step:
        opened = partial(consumer.open, bus.consumer(consumer.group, [consumer.topic]))
        return opened(self.dead_letters)
