"""The bus on a Kafka that goes away: nothing lost, nothing doubled, every wait bounded."""

import gc
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from tests.engines.plugin import started
from tests.engines.traffic import assert_once_and_in_order, received, records, until_taken

from aiff_kit.bus import BusUnavailableError
from aiff_kit.bus.kafka import KafkaBus
from aiff_local.engines import Kafka
from aiff_local.processes import free_port

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def broker(engine_folder):
    """A broker of this module's own, to be killed and frozen."""
    with started(Kafka(engine_folder / "faulty")) as engine:
        yield engine


@pytest.fixture
def bus(broker):
    return KafkaBus(broker.settings()["KAFKA_BOOTSTRAP_SERVERS"])


@pytest.fixture
def topic(bus):
    name = f"test.{uuid4().hex}"
    bus.ensure_topics([name])
    return name


@pytest.fixture
def producer(bus):
    opened = bus.producer()
    yield opened
    opened.close()


@pytest.fixture
def no_collection():
    """What is not closed stays open: the garbage collector does not tidy up."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def open_files():
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.usefixtures("no_collection")
@pytest.mark.parametrize("use", ["producer", "consumer", "lag", "ensure_topics"])
def test_a_missing_broker_is_one_line_that_names_the_setting(use):
    servers = f"127.0.0.1:{free_port()}"
    bus, arguments = KafkaBus(servers), {"producer": ()}.get(use, ("group", ["topic"]))
    threads, files, began = threading.active_count(), open_files(), time.monotonic()
    with pytest.raises(BusUnavailableError) as caught:
        getattr(bus, use)(*(arguments if use != "ensure_topics" else (["topic"],)))
    assert f"KAFKA_BOOTSTRAP_SERVERS={servers}" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - began < 10
    # Trying again for a day must not pile up threads or sockets of clients that never connected.
    assert threading.active_count() <= threads
    assert open_files() <= files


@pytest.mark.parametrize("servers", ["", "nonsense", "host:port", "a:1,,b:2", "http://a:1"])
def test_an_address_that_is_none_is_said_at_once(servers):
    with pytest.raises(BusUnavailableError, match="KAFKA_BOOTSTRAP_SERVERS must be host:port"):
        KafkaBus(servers)


def test_topics_of_states_are_compacted_and_the_others_are_not(bus, broker):
    events, states = f"test.{uuid4().hex}", f"test.{uuid4().hex}.state"
    bus.ensure_topics([events, states])
    admin = KafkaAdminClient(bootstrap_servers=broker.settings()["KAFKA_BOOTSTRAP_SERVERS"])
    wanted = [ConfigResource(ConfigResourceType.TOPIC, name) for name in (events, states)]
    found = admin.describe_configs(wanted, config_filter="all")["topic"]
    admin.close()
    policies = {name: found[name]["cleanup.policy"]["value"] for name in (events, states)}
    assert policies == {events: "delete", states: "compact"}


def test_topics_asked_for_by_several_processes_at_once_are_made_once(bus):
    names, faults = [f"test.{uuid4().hex}" for _ in range(3)], []

    def ensure():
        try:
            bus.ensure_topics(names)
        except BusUnavailableError as error:
            faults.append(error)

    threads = [threading.Thread(target=ensure) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_broker_killed_while_sending_loses_doubles_and_reorders_nothing(
    broker, bus, topic, producer
):
    killed = threading.Timer(0.3, lambda: (broker.kill(), broker.start()))
    killed.start()
    for start in range(0, 6000, 100):
        producer.send(records(topic, range(start, start + 100)))
        time.sleep(0.01)
    killed.join()
    assert_once_and_in_order(received(bus, topic, 6000), 6000)


def test_a_send_to_a_frozen_broker_ends_in_time_and_works_again_later(
    broker, bus, topic, producer, monkeypatch
):
    monkeypatch.setattr("aiff_kit.bus.kafka._DELIVERY_MS", 2_000)
    monkeypatch.setattr("aiff_kit.bus.kafka._SLACK_SECONDS", 1)
    producer.send(records(topic, range(10)))
    broker.pause()
    began = time.monotonic()
    with pytest.raises(BusUnavailableError):
        producer.send(records(topic, range(10, 20)))
    assert time.monotonic() - began < 15
    with pytest.raises(BusUnavailableError):
        producer.send(records(topic, range(10, 20)))
    broker.resume()
    broker.await_ready()
    monkeypatch.undo()
    producer.send(records(topic, range(10, 20)))
    # At least once: what the frozen broker had already taken may come twice.
    values = {record.value for record in received(bus, topic, 20)}
    assert values == {str(number).encode() for number in range(20)}


def test_a_consumer_goes_on_by_itself_after_the_brokers_restart(broker, bus, topic, producer):
    consumer, found = bus.consumer(f"group-{uuid4().hex}", [topic]), []
    producer.send(records(topic, range(5)))
    while len(found) < 5:
        found += consumer.poll(0.2)
    broker.kill()
    assert consumer.poll(0.5) == []
    broker.start()
    producer.send(records(topic, range(5, 10)))
    deadline = time.monotonic() + 60
    while len(found) < 10 and time.monotonic() < deadline:
        found += consumer.poll(0.2)
    for delivered in found:
        consumer.commit(delivered)
    consumer.close()
    assert len(found) == 10


class Member:
    """One member of a group, in a thread of its own."""

    def __init__(self, bus, group, topic):
        self.values, self.stopping = set(), threading.Event()
        self._consumer = bus.consumer(group, [topic])
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self):
        self.stopping.set()
        self._thread.join()

    def _run(self):
        while not self.stopping.is_set():
            for delivered in self._consumer.poll(0.1, 10):
                self.values.add(int(delivered.record.value))
                self._consumer.commit(delivered)
        self._consumer.close()


def test_members_share_the_work_and_nothing_is_lost_when_one_joins_and_leaves(bus, topic, producer):
    group, sent = f"group-{uuid4().hex}", 0
    staying, leaving = Member(bus, group, topic), Member(bus, group, topic)

    def send_until(enough):
        nonlocal sent
        deadline = time.monotonic() + 30
        while not enough() and time.monotonic() < deadline:
            producer.send(records(topic, range(sent, sent + 20)))
            sent += 20
            time.sleep(0.1)

    send_until(lambda: staying.values and leaving.values)
    leaving.stop()
    seen_before = len(staying.values)
    send_until(lambda: len(staying.values) > seen_before + 100)
    everything, deadline = set(range(sent)), time.monotonic() + 30
    while staying.values | leaving.values != everything and time.monotonic() < deadline:
        time.sleep(0.1)
    staying.stop()
    assert leaving.values
    assert staying.values | leaving.values == everything
    assert bus.lag(group, [topic]) == 0


def test_the_work_of_a_member_that_died_goes_to_another_soon(bus, topic, producer):
    group = f"group-{uuid4().hex}"
    dead = bus.consumer(group, [topic])
    while not dead._client.assignment():
        dead.poll(0.1)
    # Its threads stop without a word to the broker, as in a killed process.
    dead._client._client.close()
    producer.send(records(topic, range(20)))
    heir, deadline = Member(bus, group, topic), time.monotonic() + 30
    while len(heir.values) < 20 and time.monotonic() < deadline:
        time.sleep(0.1)
    heir.stop()
    assert heir.values == set(range(20))


def test_a_record_that_is_no_text_still_arrives(bus, topic, producer):
    producer._client.send(topic, b"value", key=b"\xff", headers=[("h", b"\xfe")])
    producer._client.send(topic, None, key=b"deleted")
    found = received(bus, topic, 2)
    values = {(record.key, record.value) for record in found}
    assert values == {("\\xff", b"value"), ("deleted", b"")}


def test_clients_find_a_broker_that_came_back_elsewhere(engine_folder):
    before, after = (Kafka(engine_folder / "moving") for _ in range(2))
    bus, topic = KafkaBus(f"127.0.0.1:{before.port},127.0.0.1:{after.port}"), "test.moving"
    with started(before):
        bus.ensure_topics([topic])
        producer, consumer = bus.producer(), bus.consumer("moving", [topic])
        producer.send(records(topic, range(10)))
        found = _polled(consumer, 10)
    with started(after):
        until_taken(producer, records(topic, range(10, 20)))
        found += _polled(consumer, 10)
        producer.close()
        consumer.close()
    assert_once_and_in_order(found, 20)


def _polled(consumer, count):
    """Read and commit as a worker does, until so many have come."""
    found, deadline = [], time.monotonic() + 60
    while len(found) < count:
        assert time.monotonic() < deadline, f"{len(found)} of {count} came"
        try:
            for delivered in consumer.poll(0.5):
                found.append(delivered.record)
                consumer.commit(delivered)
        except BusUnavailableError:
            continue
    return found
