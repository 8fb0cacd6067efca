from uuid import uuid4

import pytest
from sqlalchemy import select
from tests.kit.conftest import withdrawn

from aiff_kit.bus import BusUnavailableError, EmbeddedBus, Record, event_of
from aiff_kit.outbox import Relay, Subscription, append, seen

TOPIC = "aiff.catalog.offers"


@pytest.fixture
def bus(tmp_path):
    return EmbeddedBus(tmp_path / "events.db")


class BrokenProducer:
    def send(self, records):
        raise BusUnavailableError("down")

    def close(self):
        pass


def write(database, *events):
    with database.engine.begin() as connection:
        for event in events:
            append(connection, database.outbox, event)


def subscription(database, bus, handler):
    consumer = bus.consumer("readers", [TOPIC])
    return Subscription("readers", consumer, handler, database.engine, database.dead_letters)


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
