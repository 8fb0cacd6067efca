"""What could not be handled: kept, shown, and the same record never twice."""

import pytest

from aiff_kit.bus import LARGEST_RECORD, Delivered, EmbeddedBus, Record
from aiff_kit.outbox import DeadLetters, Relay

TOPIC = "aiff.catalog.offers"
SHOWN = f"{TOPIC}.dead-letter"
POISON = Delivered(Record(TOPIC, "some-key", b"?", {"ce_type": "eu.unknown.v9"}), 3, 41)


@pytest.fixture
def letters(database):
    return DeadLetters(database.engine, database.dead_letters, database.outbox)


@pytest.fixture
def shown(database, tmp_path):
    bus = EmbeddedBus(tmp_path / "events.db")
    relay = Relay(database.engine, database.outbox, bus.producer())

    def look():
        relay.forward()
        return [delivered.record for delivered in bus.read(SHOWN)]

    return look


def test_a_parked_record_is_shown_on_its_topic_as_it_came_and_with_the_reason(letters, shown):
    letters.park("readers", POISON, "ValueError: no such thing")
    [record] = shown()
    assert (record.key, record.value) == ("some-key", b"?")
    assert record.headers == {
        "ce_type": "eu.unknown.v9",
        "dead-letter-consumer": "readers",
        "dead-letter-topic": TOPIC,
        "dead-letter-partition": "3",
        "dead-letter-offset": "41",
        "dead-letter-reason": "ValueError: no such thing",
    }


def test_a_record_that_comes_twice_is_one_dead_letter_with_the_newest_reason(letters):
    letters.park("readers", POISON, "first")
    letters.park("readers", POISON, "second")
    letters.park("others", POISON, "another consumer")
    assert [one.reason for one in letters.all("readers")] == ["second"]
    assert letters.counts() == {"readers": 1, "others": 1}


def test_a_dead_letter_is_found_by_its_reference_as_it_came(letters):
    letters.park("readers", POISON, "why")
    [letter] = letters.all()
    found = letters.find(letter.reference)
    assert found == letter
    assert (found.delivered, found.reason) == (POISON, "why")
    for unknown in ("readers/999", "others/1", "readers", "", "readers/x", "readers/\u00b2"):
        assert letters.find(unknown) is None


def test_a_second_failure_changes_the_reason_and_a_success_ends_it(letters, shown):
    letters.park("readers", POISON, "first")
    [letter] = letters.all()
    letters.failed_again(letter, "second")
    assert [one.reason for one in letters.all()] == ["second"]
    assert [record.headers["dead-letter-reason"] for record in shown()] == ["first", "second"]
    letters.settle(letter)
    assert letters.all() == []
    assert len(shown()) == 2


def test_a_record_that_leaves_no_room_for_the_reason_is_shown_without_its_value(letters, shown):
    large = Delivered(Record(TOPIC, "k" * 500, b"x" * (LARGEST_RECORD + 1), {}), 0, 1)
    letters.park("readers", large, "too large" * 1000)
    [record] = shown()
    assert record.value == b""
    assert record.headers["dead-letter-value"] == "too large to be shown"
    assert len(letters.all()[0].delivered.record.value) == LARGEST_RECORD + 1
