"""Numbered records, and what is to be found of them."""

import time
from uuid import uuid4

from aiff_kit.bus import BusUnavailableError, Record


def records(topic, numbers):
    return [Record(topic, f"key-{n % 7}", str(n).encode(), {}) for n in numbers]


def received(bus, topic, expected, seconds=30):
    """Read the whole topic as a new group; wait a moment longer for a duplicate."""
    consumer, found = bus.consumer(f"check-{uuid4().hex}", [topic]), []
    deadline = time.monotonic() + seconds
    while len(found) < expected and time.monotonic() < deadline:
        found += consumer.poll(0.2)
    found += consumer.poll(0.5)
    consumer.close()
    return [delivered.record for delivered in found]


def assert_once_and_in_order(found, count):
    assert len(found) == count
    for key in {record.key for record in found}:
        numbers = [int(record.value) for record in found if record.key == key]
        assert numbers == sorted(numbers)


def until_taken(producer, wanted):
    """Do as the relay does: the same records again until the bus has them."""
    deadline = time.monotonic() + 90
    while True:
        try:
            producer.send(wanted)
        except BusUnavailableError:
            assert time.monotonic() < deadline
        else:
            return
