"""The event bus: one small port, an embedded log and Kafka behind it."""

from aiff_kit.bus.embedded import EmbeddedBus
from aiff_kit.bus.envelope import TRACEPARENT, event_of, record_of
from aiff_kit.bus.factory import open_bus
from aiff_kit.bus.ports import (
    LARGEST_RECORD,
    Bus,
    BusRefusedError,
    BusUnavailableError,
    Consumer,
    Delivered,
    Producer,
    Record,
)

__all__ = [
    "LARGEST_RECORD",
    "TRACEPARENT",
    "Bus",
    "BusRefusedError",
    "BusUnavailableError",
    "Consumer",
    "Delivered",
    "EmbeddedBus",
    "Producer",
    "Record",
    "event_of",
    "open_bus",
    "record_of",
]
