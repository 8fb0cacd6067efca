import pytest

from aiff_kit.bus import BusUnavailableError, EmbeddedBus, Record

TOPIC = "aiff.test"


def record(key: str, value: bytes) -> Record:
    return Record(TOPIC, key, value, {"ce_type": "test"})


@pytest.fixture
def bus(tmp_path):
    return EmbeddedBus(tmp_path / "events.db")


def read(consumer, expected: int) -> list[bytes]:
    found: list[bytes] = []
    while len(found) < expected:
        batch = consumer.poll(1)
        if not batch:
            break
        for delivered in batch:
            found.append(delivered.record.value)
            consumer.commit(delivered)
    return found


def test_records_arrive_in_the_order_in_which_they_were_sent(bus):
    bus.producer().send([record("a", str(number).encode()) for number in range(50)])
    consumer = bus.consumer("readers", [TOPIC])
    assert read(consumer, 50) == [str(number).encode() for number in range(50)]


def test_a_new_member_goes_on_after_the_last_commit(bus):
    bus.producer().send([record("a", b"1"), record("a", b"2"), record("a", b"3")])
    first = bus.consumer("readers", [TOPIC])
    delivered = first.poll(1)
    first.commit(delivered[0])
    first.close()
    assert read(bus.consumer("readers", [TOPIC]), 2) == [b"2", b"3"]


def test_what_was_not_committed_is_delivered_again_after_a_restart(bus):
    bus.producer().send([record("a", b"1")])
    crashed = bus.consumer("readers", [TOPIC])
    assert crashed.poll(1)
    crashed.close()
    assert read(bus.consumer("readers", [TOPIC]), 1) == [b"1"]


def test_groups_do_not_disturb_each_other(bus):
    bus.producer().send([record("a", b"1")])
    assert read(bus.consumer("one", [TOPIC]), 1) == [b"1"]
    assert read(bus.consumer("two", [TOPIC]), 1) == [b"1"]


def test_a_group_that_starts_at_the_end_sees_only_what_comes_later(bus):
    producer = bus.producer()
    producer.send([record("a", b"before")])
    consumer = bus.consumer("purger", [TOPIC], start="latest")
    producer.send([record("a", b"after")])
    assert read(consumer, 1) == [b"after"]


def test_the_lag_counts_what_a_group_has_not_committed(bus):
    bus.producer().send([record("a", b"1"), record("a", b"2")])
    consumer = bus.consumer("readers", [TOPIC])
    assert bus.lag("readers", [TOPIC]) == 2
    consumer.commit(consumer.poll(1)[0])
    assert bus.lag("readers", [TOPIC]) == 1


def test_headers_and_bytes_arrive_unchanged(bus):
    value = bytes(range(256))
    bus.producer().send([Record(TOPIC, "clé", value, {"ce_id": "é"})])
    found = bus.consumer("readers", [TOPIC]).poll(1)[0].record
    assert (found.key, found.value, found.headers) == ("clé", value, {"ce_id": "é"})


def test_an_empty_topic_answers_after_the_time_given(bus):
    assert bus.consumer("readers", [TOPIC]).poll(0.01) == []


def test_a_folder_that_cannot_be_used_is_said_at_once(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BusUnavailableError, match="not usable"):
        EmbeddedBus(tmp_path / "file" / "events.db")
