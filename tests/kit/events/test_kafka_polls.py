"""A consumer whose library answers at once with nothing does not take a whole core."""

from contextlib import nullcontext

import pytest

from aiff_kit.bus.kafka import KafkaRecordConsumer


class Client:
    """Answers each poll with what a test says, without waiting."""

    def __init__(self, batches):
        self.batches = batches

    def poll(self, **_):
        return self.batches

    def assignment(self):
        return ()


def pauses(batches, seconds):
    taken = []
    consumer = KafkaRecordConsumer(Client(batches), nullcontext, taken.append)
    consumer.poll(seconds)
    return taken


def test_an_empty_answer_that_comes_too_early_is_followed_by_a_pause():
    (pause,) = pauses({}, 0.5)
    assert pause == pytest.approx(0.05)


def test_the_pause_is_no_longer_than_what_was_asked_for():
    (pause,) = pauses({}, 0.02)
    assert 0 < pause <= 0.02


def test_whoever_does_not_want_to_wait_does_not():
    assert pauses({}, 0) == []


def test_records_are_returned_at_once():
    assert pauses({"part": []}, 0.5) == []
