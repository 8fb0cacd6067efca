"""How many events a consumer dealt with, how it ended, and how long that took."""

from prometheus_client import Counter, Histogram

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
_EVENTS = Counter(
    "aiff_events_handled", "Events that a consumer dealt with.", ("consumer", "outcome")
)
_SECONDS = Histogram(
    "aiff_event_handling_seconds",
    "Seconds to handle what came together (one event, or a batch that is handled at once).",
    ("consumer",),
    buckets=_BOUNDS,
)


class Handled:
    """Counts for one consumer; both outcomes are there from the start, so that rates begin at 0."""

    def __init__(self, consumer: str) -> None:
        """Take the consumer's (group's) series."""
        self._handled = _EVENTS.labels(consumer, "handled")
        self._parked = _EVENTS.labels(consumer, "parked")
        self._seconds = _SECONDS.labels(consumer)

    def handled(self, count: int, seconds: float) -> None:
        """Note events that took effect, or were recognised as known, in this time together."""
        self._handled.inc(count)
        self._seconds.observe(seconds)

    def parked(self) -> None:
        """Note an event that could not be handled."""
        self._parked.inc()
