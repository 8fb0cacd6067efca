"""What an operator sees and does: with commands on a real database and a real log."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import typer
from tests.kit.conftest import withdrawn
from typer.testing import CliRunner

from aiff_kit.bus import BusUnavailableError, EmbeddedBus, Record, record_of
from aiff_kit.operations import (
    Comparison,
    ConsumerGroup,
    Difference,
    EventOperations,
    compare,
    event_commands,
    handling,
    reconcile,
    refusals,
    show_comparisons,
    states_of,
)
from aiff_kit.outbox import DeadLetters, OutboxDepth, Relay, Subscription, append

TOPIC = "aiff.catalog.offers"
GROUP = "some-readers"


class Service:
    """A service whose handler refuses what it is told to refuse."""

    def __init__(self, database, path):
        self.database, self.bus = database, EmbeddedBus(path)
        self.letters = DeadLetters(database.engine, database.dead_letters, database.outbox)
        self.refused, self.handled, self.away = set(), [], None
        consumer = self.bus.consumer(GROUP, [TOPIC])
        self.subscription = Subscription(GROUP, consumer, self.handle, self.letters)

    def handle(self, event):
        if self.away:
            raise self.away
        if event.sequence in self.refused:
            raise ValueError("not now")
        self.handled.append(event.sequence)

    def write(self, *sequences):
        with self.database.engine.begin() as connection:
            for number in sequences:
                append(connection, self.database.outbox, withdrawn(uuid4(), number))

    def relay(self):
        Relay(self.database.engine, self.database.outbox, self.bus.producer()).forward()

    @contextmanager
    def desk(self):
        reader = ConsumerGroup(GROUP, (TOPIC,), handling(self.handle))
        depth = OutboxDepth(self.database.engine, self.database.outbox)
        with refusals():
            yield EventOperations(self.bus, depth, self.letters, [reader])

    def command(self, *arguments, code=0):
        done = CliRunner().invoke(event_commands(self.desk), list(arguments))
        assert done.exit_code == code, done.output
        return done.output

    def listed(self, *arguments, code=0):
        return json.loads(self.command(*arguments, "--json", code=code))


@pytest.fixture
def service(database, tmp_path):
    return Service(database, tmp_path / "events.db")


@pytest.fixture
def parked(service):
    """Two dead letters, of events 2 and 3."""
    service.refused = {2, 3}
    service.write(1, 2, 3)
    service.relay()
    service.subscription.step(1)
    assert service.handled == [1]
    return service


def test_lag_counts_what_waits_for_the_relay_and_for_each_consumer(service):
    service.write(1, 2)
    service.relay()
    service.write(3)
    relay, readers = service.listed("lag")
    assert (relay["waits_for"], relay["topic"], relay["records"]) == ("relay", None, 1)
    assert relay["oldest_seconds"] is not None
    assert readers == {
        "waits_for": GROUP,
        "topic": TOPIC,
        "records": 2,
        "oldest_seconds": None,
    }
    heads, *rows = service.command("lag").splitlines()
    assert heads.split() == ["waits", "for", "topic", "records", "oldest"]
    assert [row.split()[0] for row in rows] == ["relay", GROUP]


def test_dead_letters_say_where_they_were_and_why_and_never_what_is_in_them(parked):
    first, second = parked.listed("dead-letters")
    assert (first["id"], first["reason"]) == (f"{GROUP}/1", "ValueError: not now")
    assert (first["topic"], first["sequence"], second["sequence"]) == (TOPIC, "2", "3")
    assert first["type"] == "eu.aifactory-france.catalog.offer.withdrawn.v1"
    assert first["age_seconds"] >= 0
    for printed in (parked.command("dead-letters"), parked.command("show", first["id"])):
        assert "catalog.offer.withdrawn.v1" in printed
        assert "terminée" not in printed
    assert parked.listed("show", first["id"])["sha256"]
    assert parked.listed("dead-letters", "--consumer", "others") == []


def test_a_replay_handles_again_and_keeps_what_fails_again_with_its_new_reason(parked):
    parked.refused = {3}
    outcomes = parked.listed("replay", "--all", code=1)
    assert outcomes == [
        {"id": f"{GROUP}/1", "failed_again": None},
        {"id": f"{GROUP}/2", "failed_again": "ValueError: not now"},
    ]
    assert parked.handled == [1, 2]
    assert [one["id"] for one in parked.listed("dead-letters")] == [f"{GROUP}/2"]
    parked.refused = set()
    assert "handled" in parked.command("replay", f"{GROUP}/2")
    assert parked.handled == [1, 2, 3]
    assert "(none)" in parked.command("dead-letters")


def test_a_replay_of_one_consumer_touches_no_other(parked):
    parked.refused = set()
    assert parked.listed("replay", "--consumer", "others") == []
    assert len(parked.listed("replay", "--consumer", GROUP)) == 2
    assert parked.listed("dead-letters") == []


def test_what_nobody_will_handle_is_discarded_with_a_reason_that_its_topic_keeps(parked):
    reason = ("--reason", "the offer was a test")
    assert parked.listed("discard", f"{GROUP}/1", *reason) == [
        {"id": f"{GROUP}/1", "discarded": "the offer was a test"}
    ]
    assert [one["id"] for one in parked.listed("dead-letters")] == [f"{GROUP}/2"]
    parked.relay()
    *_, shown = parked.bus.read(f"{TOPIC}.dead-letter")
    assert shown.record.headers["dead-letter-discarded"] == "the offer was a test"
    assert shown.record.headers["ce_sequence"] == "2"


@pytest.mark.parametrize("arguments", [("--reason", " "), (), (f"{GROUP}/999", "--reason", "x")])
def test_nothing_is_discarded_without_a_reason_or_when_one_of_them_is_unknown(parked, arguments):
    parked.command("discard", f"{GROUP}/1", *arguments, code=2)
    assert len(parked.listed("dead-letters")) == 2


def test_a_fault_of_the_surroundings_ends_the_replay_and_changes_nothing(parked):
    parked.away = BusUnavailableError("no broker")
    assert "an engine is away (no broker)" in parked.command("replay", "--all", code=3)
    assert [one["reason"] for one in parked.listed("dead-letters")] == ["ValueError: not now"] * 2


def test_wrong_use_is_said_and_changes_nothing(parked):
    assert "one of these" in parked.command("replay", code=2)
    assert "one of these" in parked.command("replay", f"{GROUP}/1", "--all", code=2)
    assert "there is no dead letter some-readers/9" in parked.command(
        "show", "some-readers/9", code=2
    )
    parked.command("replay", f"{GROUP}/1", "some-readers/9", code=2)
    assert len(parked.listed("dead-letters")) == 2


def test_an_unreadable_record_stays_a_dead_letter(service):
    service.bus.producer().send([Record(TOPIC, "k\x1b[2J", b"?", {"ce_type": "eu.unknown.v9"})])
    service.subscription.step(1)
    [outcome] = service.listed("replay", "--all", code=1)
    assert "unknown event type" in outcome["failed_again"]
    assert "\x1b" not in service.command("dead-letters")


def test_the_newest_state_of_each_key_is_told_whatever_is_in_it(service):
    event = withdrawn(uuid4(), 7)
    states = f"{TOPIC}.state"
    told = record_of(event)
    broken = Record(states, "broken", b"?", {"ce_sequence": "x"})
    service.bus.producer().send([Record(states, told.key, told.value, told.headers), broken])
    found = states_of(service.bus, states)
    assert (found[event.key].sequence, found[event.key].type) == (7, event.type)
    assert (found["broken"].sequence, found["broken"].type) == (0, "")


class Copy:
    """A copy that is mended by what it is told, or that nothing mends."""

    name = "copy"

    def __init__(self, wanted, found, *, mends=True):
        self.wanted, self.found, self.mends, self.repairs = wanted, found, mends, 0

    def look(self):
        return compare(self.wanted, self.found)

    def repair(self, differences):
        self.repairs += 1
        if self.mends:
            self.found = dict(self.wanted)


def test_comparing_tells_four_kinds_of_difference():
    wanted = {"equal": 1, "missing": 2, "stale": 3, "ahead": 4}
    found = {"equal": 1, "stale": 2, "ahead": 5, "surplus": 6}
    assert compare(wanted, found) == Comparison(
        4,
        (
            Difference("ahead", "ahead", 4, 5),
            Difference("missing", "missing", 2, None),
            Difference("stale", "stale", 3, 2),
            Difference("surplus", "surplus", None, 6),
        ),
    )


def test_checking_repairs_nothing_and_repairing_looks_whether_it_helped():
    copy = Copy({"a": 1}, {})
    assert reconcile(copy, check=True, pause=lambda _: None).left
    assert copy.repairs == 0
    assert reconcile(copy, check=False, pause=lambda _: None).left == ()
    stubborn = Copy({"a": 1}, {}, mends=False)
    assert reconcile(stubborn, check=False, pause=lambda _: None).left
    assert stubborn.repairs == 1


@pytest.mark.parametrize(
    ("found", "check", "code"),
    [({"a": 1}, True, 0), ({}, True, 1), ({}, False, 0), ({"a": 1, "b": 2}, False, 0)],
)
def test_the_exit_code_tells_whether_a_difference_is_left(found, check, code, monkeypatch, capsys):
    monkeypatch.setattr("aiff_kit.operations.reconciliation._SECOND_LOOK_SECONDS", 0)
    try:
        show_comparisons([Copy({"a": 1}, found)], check=check, as_json=False)
        ended = 0
    except typer.Exit as end:
        ended = end.exit_code
    assert ended == code
    assert capsys.readouterr().out.startswith("place  should be")


def test_the_age_of_what_waits_is_that_of_the_next_to_leave(service):
    depth = OutboxDepth(service.database.engine, service.database.outbox)
    assert (depth.waiting(), depth.oldest()) == (0, None)
    before = datetime.now(UTC)
    service.write(1, 2)
    assert depth.waiting() == 2
    assert depth.oldest() >= before.replace(microsecond=0)
