from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DataError
from tests.kit.conftest import withdrawn

from aiff_contracts.events import OFFERS_STATE_TOPIC
from aiff_kit.bus import BusUnavailableError, EmbeddedBus, Record, event_of, record_of
from aiff_kit.outbox import (
    DeadLetters,
    EventTooLargeError,
    Relay,
    Subscription,
    append,
    append_record,
    seen,
)

TOPIC = "aiff.catalog.offers"


@pytest.fixture
def bus(tmp_path):
    return EmbeddedBus(tmp_path / "events.db")


class BrokenProducer:
    def send(self, records):
        raise BusUnavailableError("down")

    def close(self):
        pass


class CountingConsumer:
    """A consumer that notes what is committed."""

    def __init__(self, consumer):
        self.consumer = consumer
        self.committed = []

    def poll(self, timeout_seconds, max_records=500):
        return self.consumer.poll(timeout_seconds, max_records)

    def commit(self, delivered):
        self.committed.append(delivered.offset)
        self.consumer.commit(delivered)


def write(database, *events):
    with database.engine.begin() as connection:
        for event in events:
            append(connection, database.outbox, event)


def letters_of(database):
    return DeadLetters(database.engine, database.dead_letters, database.outbox)


def subscription(database, bus, handler):
    consumer = bus.consumer("readers", [TOPIC])
    return Subscription("readers", consumer, handler, letters_of(database))


def test_an_event_leaves_only_when_its_transaction_commits(database, bus):
    with pytest.raises(RuntimeError), database.engine.begin() as connection:
        append(connection, database.outbox, withdrawn(uuid4(), 1))
        raise RuntimeError
    assert Relay(database.engine, database.outbox, bus.producer()).forward() == 0


def test_events_leave_in_order_and_are_then_forgotten(database, bus):
    key = uuid4()
    write(database, *(withdrawn(key, number) for number in range(1, 6)))
    relay = Relay(database.engine, database.outbox, bus.producer())
    assert relay.waiting() == 5
    assert relay.forward() == 5
    assert relay.waiting() == 0
    found = [event_of(d.record).sequence for d in bus.consumer("readers", [TOPIC]).poll(1)]
    assert found == [1, 2, 3, 4, 5]


def test_events_wait_while_the_bus_is_down(database, bus):
    write(database, withdrawn(uuid4(), 1))
    broken = Relay(database.engine, database.outbox, BrokenProducer())
    with pytest.raises(BusUnavailableError):
        broken.forward()
    assert Relay(database.engine, database.outbox, bus.producer()).forward() == 1


def test_a_handler_gets_each_event_and_the_inbox_recognises_duplicates(database, bus):
    key, handled = uuid4(), []

    def handle(event):
        with database.engine.begin() as connection:
            if not seen(connection, database.inbox, "readers", event):
                handled.append(event.sequence)

    write(database, *(withdrawn(key, n) for n in (1, 2, 2, 1, 3)))
    Relay(database.engine, database.outbox, bus.producer()).forward()
    assert subscription(database, bus, handle).step(1) == 5
    assert handled == [1, 2, 3]


def test_a_poison_event_is_parked_with_its_reason_and_the_others_go_on(database, bus):
    handled = []

    def handle(event):
        if event.sequence == 2:
            raise ValueError("no such thing")
        handled.append(event.sequence)

    write(database, *(withdrawn(uuid4(), n) for n in (1, 2, 3)))
    Relay(database.engine, database.outbox, bus.producer()).forward()
    subscription(database, bus, handle).step(1)
    with database.engine.connect() as connection:
        parked = connection.execute(select(database.dead_letters)).all()
    assert handled == [1, 3]
    assert [row.reason for row in parked] == ["ValueError: no such thing"]


@pytest.mark.parametrize(
    "record",
    [
        Record(TOPIC, "k", b"{}", {}),
        Record(TOPIC, "k\x00", b"\x00", {"ce_type": "\x00"}),
        Record(TOPIC, "k" * 5000, b"{}", {"ce_type": "eu.unknown.v9", "\x00": "\x00"}),
        Record(TOPIC, "k", b"{}", {"ce_type": "eu.unknown.v9"}),
        Record(
            TOPIC, "k", b"not json", {"ce_type": "eu.aifactory-france.catalog.offer.withdrawn.v1"}
        ),
    ],
)
def test_a_record_that_nobody_can_read_is_parked(database, bus, record):
    bus.producer().send([record])
    assert subscription(database, bus, lambda event: None).step(1) == 1
    with database.engine.connect() as connection:
        row = connection.execute(select(database.dead_letters)).one()
    assert row.reason.startswith("unreadable")


def test_a_fault_of_the_surroundings_keeps_the_event_first_in_line(database, bus):
    outcomes = [OSError("disk away"), None]

    def handle(event):
        outcome = outcomes.pop(0)
        if outcome is not None:
            raise outcome

    write(database, withdrawn(uuid4(), 1))
    Relay(database.engine, database.outbox, bus.producer()).forward()
    reader = subscription(database, bus, handle)
    with pytest.raises(OSError, match="disk away"):
        reader.step(1)
    assert reader.step(0) == 1
    assert bus.lag("readers", [TOPIC]) == 0


def test_what_the_database_refuses_is_parked_and_does_not_stop_the_others(database, bus):
    handled = []

    def handle(event):
        if event.sequence == 1:
            raise DataError("INSERT", {}, ValueError("a value that is too long"))
        handled.append(event.sequence)

    write(database, *(withdrawn(uuid4(), n) for n in (1, 2)))
    Relay(database.engine, database.outbox, bus.producer()).forward()
    assert subscription(database, bus, handle).step(1) == 2
    assert handled == [2]


def test_the_position_is_committed_once_for_a_batch_and_up_to_a_fault(database, bus):
    def handle(event):
        if event.sequence == 3:
            raise OSError("disk away")

    write(database, *(withdrawn(uuid4(), n) for n in (1, 2, 3, 4)))
    Relay(database.engine, database.outbox, bus.producer()).forward()
    consumer = CountingConsumer(bus.consumer("readers", [TOPIC]))
    reader = Subscription("readers", consumer, handle, letters_of(database))
    with pytest.raises(OSError, match="disk away"):
        reader.step(1)
    second = list(bus.read(TOPIC))[1]
    assert consumer.committed == [second.offset]
    assert bus.lag("readers", [TOPIC]) == 2


def test_an_event_that_no_bus_carries_is_refused_where_it_is_written(database, monkeypatch):
    monkeypatch.setattr("aiff_kit.outbox.writer.LARGEST_RECORD", 100)
    with pytest.raises(EventTooLargeError, match="larger than 100"):
        write(database, withdrawn(uuid4(), 1))


def test_more_events_than_one_batch_leave_in_several(database, bus):
    write(database, *(withdrawn(uuid4(), 1) for _ in range(7)))
    relay = Relay(database.engine, database.outbox, bus.producer())
    assert [relay.forward(limit=3) for _ in range(4)] == [3, 3, 1, 0]


def test_each_event_also_becomes_the_state_of_its_key(database, bus):
    keys = [uuid4(), uuid4()]
    write(database, *(withdrawn(key, number) for number in (1, 2, 3) for key in keys))
    Relay(database.engine, database.outbox, bus.producer()).forward()
    found = [event_of(delivered.record) for delivered in bus.read(OFFERS_STATE_TOPIC)]
    assert {(event.key, event.sequence) for event in found} == {(str(key), 3) for key in keys}
    assert len(list(bus.read(TOPIC))) == 6


def test_a_record_that_only_tells_a_state_goes_to_no_other_topic(database, bus):
    record = replace(record_of(withdrawn(uuid4(), 1)), topic=OFFERS_STATE_TOPIC)
    with database.engine.begin() as connection:
        append_record(connection, database.outbox, record)
    Relay(database.engine, database.outbox, bus.producer()).forward()
    assert [delivered.record for delivered in bus.read(OFFERS_STATE_TOPIC)] == [record]
    assert list(bus.read(TOPIC)) == []
