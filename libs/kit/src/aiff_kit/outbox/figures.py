"""What an operator must see of a service's events: waiting, behind, parked."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from prometheus_client import Gauge

from aiff_kit.bus import Bus
from aiff_kit.observability import Figure
from aiff_kit.outbox.dead_letters import DeadLetters
from aiff_kit.outbox.depth import OutboxDepth


@dataclass(frozen=True, slots=True)
class _Gauges:
    waiting: Gauge
    oldest: Gauge
    parked: Gauge
    lag: Gauge


@cache
def _gauges() -> _Gauges:
    """Make them where they are measured: elsewhere a zero would say what nobody knows."""
    return _Gauges(
        waiting=Gauge("aiff_outbox_events", "Events in the outbox that have not left yet."),
        oldest=Gauge(
            "aiff_outbox_oldest_seconds",
            "Age of the oldest event in the outbox, 0 when it is empty.",
        ),
        parked=Gauge(
            "aiff_dead_letters",
            "Records that a consumer could not handle and parked.",
            ("consumer",),
        ),
        lag=Gauge(
            "aiff_consumer_lag_events",
            "Events on the bus that a consumer has not handled.",
            ("consumer",),
        ),
    )


class EventFigures:
    """Measures a service's outbox, dead letters and consumers.

    `consumers` maps each consumer (group) of the service to the topics that it reads.
    """

    def __init__(
        self,
        bus: Bus,
        outbox: OutboxDepth,
        dead_letters: DeadLetters,
        consumers: Mapping[str, Sequence[str]],
    ) -> None:
        """Keep the parts."""
        self._bus = bus
        self._outbox = outbox
        self._dead_letters = dead_letters
        self._consumers = dict(consumers)

    def all(self) -> dict[str, Figure]:
        """Return the figures by the name under which a failure to measure is counted."""
        gauges = _gauges()
        return {
            "outbox": Figure(gauges.waiting, self._waiting),
            "outbox_age": Figure(gauges.oldest, self._oldest),
            "dead_letters": Figure(gauges.parked, self._parked),
            "lag": Figure(gauges.lag, self._lag),
        }

    def _waiting(self) -> Mapping[str, float]:
        return {"": float(self._outbox.waiting())}

    def _oldest(self) -> Mapping[str, float]:
        oldest = self._outbox.oldest()
        return {"": max(0.0, time.time() - oldest.timestamp()) if oldest else 0.0}

    def _parked(self) -> Mapping[str, float]:
        parked = {name: float(count) for name, count in self._dead_letters.counts().items()}
        return {**dict.fromkeys(self._consumers, 0.0), **parked}

    def _lag(self) -> Mapping[str, float]:
        return {
            consumer: float(self._bus.lag(consumer, topics))
            for consumer, topics in self._consumers.items()
        }
