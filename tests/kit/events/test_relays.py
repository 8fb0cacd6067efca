"""Several relays on one PostgreSQL: one at a time owns the order, and none for ever."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from tests.kit.conftest import Database, withdrawn

from aiff_kit.bus import EmbeddedBus, event_of
from aiff_kit.outbox import Relay, append

pytestmark = pytest.mark.engines
TOPIC = "aiff.catalog.offers"
# Holds the lock of the order, in a process of its own, while its bus never answers.
STUCK_RELAY = """
import sys, time
from aiff_kit.db import new_metadata, open_engine
from aiff_kit.outbox import Relay, outbox_table

class SilentBus:
    def send(self, records):
        print("sending", flush=True)
        time.sleep(600)

Relay(open_engine(sys.argv[1]), outbox_table(new_metadata()), SilentBus()).forward()
"""


class HeldProducer:
    """Takes its time over a send, until told to go on."""

    def __init__(self, producer):
        self.producer = producer
        self.sending, self.go_on = threading.Event(), threading.Event()

    def send(self, records):
        self.sending.set()
        assert self.go_on.wait(10)
        self.producer.send(records)


@pytest.fixture
def url(postgres):
    name = f"test_{uuid4().hex}"
    postgres.create_database(name)
    return postgres.url(name)


@pytest.fixture
def database(url):
    made = Database(url)
    yield made
    made.engine.dispose()


@pytest.fixture
def bus(tmp_path):
    return EmbeddedBus(tmp_path / "events.db")


def write(database, *events):
    with database.engine.begin() as connection:
        for event in events:
            append(connection, database.outbox, event)


def sequences(bus, expected):
    consumer, found = bus.consumer("readers", [TOPIC]), []
    while len(found) < expected:
        batch = consumer.poll(2)
        assert batch
        found += [event_of(delivered.record) for delivered in batch]
    consumer.close()
    return found


def test_a_second_relay_sends_nothing_while_the_first_is_sending(database, bus):
    key = uuid4()
    write(database, withdrawn(key, 1), withdrawn(key, 2))
    held = HeldProducer(bus.producer())
    thread = threading.Thread(target=Relay(database.engine, database.outbox, held).forward)
    thread.start()
    assert held.sending.wait(10)
    second = Relay(database.engine, database.outbox, bus.producer())
    assert second.forward() == 0
    held.go_on.set()
    thread.join()
    assert [event.sequence for event in sequences(bus, 2)] == [1, 2]
    assert second.waiting() == 0


def test_a_writer_never_waits_for_a_relay_whose_bus_is_slow(database, bus):
    write(database, withdrawn(uuid4(), 1))
    held = HeldProducer(bus.producer())
    thread = threading.Thread(target=Relay(database.engine, database.outbox, held).forward)
    thread.start()
    assert held.sending.wait(10)
    began = time.monotonic()
    write(database, withdrawn(uuid4(), 1))
    assert time.monotonic() - began < 1
    held.go_on.set()
    thread.join()


def write_in_turn(database, key):
    for number in range(1, 26):
        write(database, withdrawn(key, number))


def relay_until(database, bus, stopping):
    own = Relay(database.engine, database.outbox, bus.producer())
    while own.forward(limit=7) or not stopping.is_set():
        pass


def test_many_writers_and_two_relays_keep_the_order_of_each_key(database, bus):
    keys, stopping = [uuid4() for _ in range(4)], threading.Event()
    with ThreadPoolExecutor(6) as pool:
        relays = [pool.submit(relay_until, database, bus, stopping) for _ in range(2)]
        writers = [pool.submit(write_in_turn, database, key) for key in keys]
        faults = [writer.exception() for writer in writers]
        stopping.set()
        faults += [relay.exception() for relay in relays]
    found = sequences(bus, 100)
    assert faults == [None] * 6
    for key in keys:
        assert [e.sequence for e in found if e.key == str(key)] == list(range(1, 26))


def test_the_order_is_free_again_when_its_owner_is_killed(database, url, bus):
    write(database, withdrawn(uuid4(), 1))
    with subprocess.Popen(
        [sys.executable, "-c", STUCK_RELAY, url], stdout=subprocess.PIPE
    ) as owner:
        assert owner.stdout.readline() == b"sending\n"
        relay = Relay(database.engine, database.outbox, bus.producer())
        assert relay.forward() == 0
        owner.kill()
        deadline = time.monotonic() + 10
        while relay.forward() == 0:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert len(sequences(bus, 1)) == 1


def test_the_server_itself_ends_a_transaction_that_a_frozen_owner_holds(database):
    with database.engine.connect() as connection:
        limit = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout")
        assert limit.scalar_one() == "1min"
