"""What every bus does, whatever carries the records."""

import time
from uuid import uuid4

import pytest

from aiff_kit.bus import LARGEST_RECORD, EmbeddedBus, Record
from aiff_kit.bus.kafka import KafkaBus

PATIENCE_SECONDS = 20


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.engines)])
def bus(request, tmp_path):
    if request.param == "embedded":
        return EmbeddedBus(tmp_path / "events.db")
    return KafkaBus(request.getfixturevalue("kafka").settings()["KAFKA_BOOTSTRAP_SERVERS"])


def test_a_bus_that_answers_passes_its_check(bus):
    bus.check()


@pytest.fixture
def topic(bus):
    name = f"test.{uuid4().hex}"
    bus.ensure_topics([name])
    return name


@pytest.fixture
def group():
    return f"readers-{uuid4().hex}"


@pytest.fixture
def producer(bus):
    opened = bus.producer()
    yield opened
    opened.close()


@pytest.fixture
def send(producer, topic):
    return lambda *values: producer.send([Record(topic, "a", value, {}) for value in values])


@pytest.fixture
def join(bus, topic, group):
    members = []

    def joined(name=group, start="earliest"):
        members.append(bus.consumer(name, [topic], start))
        return members[-1]

    yield joined
    for member in members:
        member.close()


def poll(consumer):
    """Poll until something comes: joining a group takes a moment."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = consumer.poll(0.2)
        if found:
            return list(found)
    return []


def read(consumer, expected):
    """Read and commit as many records, or what comes within the patience."""
    found = []
    while len(found) < expected:
        batch = poll(consumer)
        if not batch:
            break
        for delivered in batch:
            found.append(delivered.record.value)
            consumer.commit(delivered)
    return found


def numbers(count):
    return [str(number).encode() for number in range(count)]


def test_records_of_a_key_arrive_in_the_order_in_which_they_were_sent(send, join):
    send(*numbers(50))
    assert read(join(), 50) == numbers(50)


def test_each_of_many_keys_keeps_its_order(producer, topic, join):
    keys = [f"key-{number}" for number in range(30)]
    records = [Record(topic, key, value, {}) for value in numbers(20) for key in keys]
    producer.send(records[:300])
    producer.send(records[300:])
    consumer, found = join(), {key: [] for key in keys}
    while sum(len(values) for values in found.values()) < len(records):
        batch = poll(consumer)
        assert batch
        for delivered in batch:
            found[delivered.record.key].append(delivered.record.value)
    assert all(values == numbers(20) for values in found.values())


def test_a_new_member_goes_on_after_the_last_commit(send, join):
    send(b"1", b"2", b"3")
    first = join()
    first.commit(poll(first)[0])
    first.close()
    assert read(join(), 2) == [b"2", b"3"]


def test_what_was_not_committed_is_delivered_again_after_a_restart(send, join):
    send(b"1")
    crashed = join()
    assert poll(crashed)
    crashed.close()
    assert read(join(), 1) == [b"1"]


def test_a_commit_covers_what_came_before_it(send, join):
    send(*numbers(10))
    first = join()
    first.commit(poll(first)[9])
    first.close()
    send(b"later")
    assert read(join(), 1) == [b"later"]


def test_groups_do_not_disturb_each_other(send, join):
    send(b"1")
    assert read(join("one-" + uuid4().hex), 1) == [b"1"]
    assert read(join("two-" + uuid4().hex), 1) == [b"1"]


def test_a_group_that_starts_at_the_end_sees_only_what_comes_later(send, join):
    send(b"before")
    consumer = join(start="latest")
    send(b"after")
    assert read(consumer, 1) == [b"after"]


def test_a_group_that_started_at_the_end_misses_nothing_while_it_is_away(send, join):
    send(b"before")
    join(start="latest").close()
    send(b"while away")
    assert read(join(start="latest"), 1) == [b"while away"]


def test_a_group_that_starts_at_the_end_is_not_behind(bus, topic, group, send, join):
    send(b"before")
    join(start="latest")
    assert bus.lag(group, [topic]) == 0


def test_the_lag_counts_what_a_group_has_not_committed(bus, topic, group, send, join):
    send(b"1", b"2")
    consumer = join()
    assert bus.lag(group, [topic]) == 2
    consumer.commit(poll(consumer)[0])
    assert bus.lag(group, [topic]) == 1


def test_the_lag_of_a_topic_that_does_not_exist_is_nothing(bus, group):
    assert bus.lag(group, [f"test.{uuid4().hex}"]) == 0


def test_headers_and_bytes_arrive_unchanged(producer, topic, join):
    value = bytes(range(256))
    producer.send([Record(topic, "clé", value, {"ce_id": "é"})])
    found = poll(join())[0].record
    assert (found.key, found.value, found.headers) == ("clé", value, {"ce_id": "é"})


def test_the_largest_record_arrives(send, join):
    value = b"x" * LARGEST_RECORD
    send(value)
    assert read(join(), 1) == [value]


def test_an_empty_topic_answers_after_the_time_given(join):
    began = time.monotonic()
    assert list(join().poll(0.01)) == []
    assert time.monotonic() - began < 5


def test_topics_can_be_asked_for_again(bus, topic):
    bus.ensure_topics([topic])


def test_one_consumer_reads_several_topics(bus, producer, group):
    topics = [f"test.{uuid4().hex}" for _ in range(2)]
    bus.ensure_topics(topics)
    producer.send([Record(topic, "a", topic.encode(), {}) for topic in topics])
    consumer = bus.consumer(group, topics)
    assert sorted(read(consumer, 2)) == sorted(topic.encode() for topic in topics)
    consumer.close()


def test_a_topic_is_read_whole_without_joining_a_group(bus, topic, producer):
    records = [Record(topic, f"key-{n % 7}", str(n).encode(), {"n": str(n)}) for n in range(1200)]
    producer.send(records)
    found = [delivered.record for delivered in bus.read(topic)]
    assert sorted(found, key=lambda record: int(record.headers["n"])) == records
    for key in {record.key for record in records}:
        numbers = [int(record.value) for record in found if record.key == key]
        assert numbers == sorted(numbers)


def test_a_topic_that_does_not_exist_or_is_empty_is_read_as_nothing(bus, topic):
    assert list(bus.read(topic)) == []
    assert list(bus.read(f"test.{uuid4().hex}")) == []


def test_the_last_state_of_each_key_is_read_last(bus, producer):
    states = f"test.{uuid4().hex}.state"
    bus.ensure_topics([states])
    producer.send([Record(states, key, value, {}) for value in numbers(3) for key in "ab"])
    producer.send([Record(states, "a", b"last", {})])
    last = {delivered.record.key: delivered.record.value for delivered in bus.read(states)}
    assert last == {"a": b"last", "b": b"2"}
