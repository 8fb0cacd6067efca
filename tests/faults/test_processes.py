"""A process is killed at the worst moment: nothing is lost and nothing has effect twice."""

import threading
from contextlib import contextmanager

import pytest
from tests.faults.outages import locked_log
from tests.faults.running import embedded_only, eventually, real_only

COPY_REVISION = "SELECT name, revision FROM projection"


@pytest.mark.parametrize("name", ["catalog", "catalog-worker", "matching-worker", "gateway"])
def test_a_process_killed_in_the_middle_of_writes_loses_and_doubles_nothing(running, ledger, name):
    entries = [ledger.publish() for _ in range(3)]
    killed = threading.Timer(0.4, lambda: (running.kill(name), running.revive()))
    killed.start()
    for _ in range(6):
        for entry in entries:
            ledger.edit(entry)
        entries.append(ledger.publish())
    killed.join()
    ledger.archive(entries.pop())


@embedded_only
def test_a_relay_killed_between_commit_and_publishing_publishes_after_its_restart(running, ledger):
    with locked_log(running):
        entry = ledger.publish()
        ledger.edit(entry)
        assert running.count("catalog", "outbox") == 2
        running.kill("catalog-worker")
    assert running.count("catalog", "outbox") == 2


@real_only
def test_a_relay_killed_while_kafka_answers_nothing_publishes_after_its_restart(running, ledger):
    running.engines["kafka"].pause()
    entry = ledger.publish()
    ledger.edit(entry)
    assert running.count("catalog", "outbox") == 2
    running.kill("catalog-worker")
    assert running.count("catalog", "outbox") == 2


@embedded_only
def test_a_consumer_killed_after_its_commit_and_before_its_position_has_no_effect_twice(
    running, ledger
):
    entry = ledger.publish()
    ledger.assert_everywhere()
    running.freeze("matching-worker")
    ledger.edit(entry)
    eventually(lambda: _nothing_waits(running))
    before = running.pairs("matching", COPY_REVISION)["offers"]
    with locked_log(running):
        # It can read the log and change its own database, but not note how far it is.
        running.thaw("matching-worker")
        eventually(lambda: _copied(running, entry))
        running.kill("matching-worker")
    running.revive()
    ledger.edit(entry)
    ledger.assert_everywhere()
    assert running.pairs("matching", COPY_REVISION)["offers"] == before + 2


@real_only
def test_a_consumer_killed_after_its_commit_and_before_its_offset_has_no_effect_twice(
    running, ledger
):
    entry = ledger.publish()
    ledger.assert_everywhere()
    before = running.pairs("matching", COPY_REVISION)["offers"]
    with locked_copy(running):
        ledger.edit(entry)
        eventually(lambda: _waits_for_lock(running))
        running.engines["kafka"].pause()
    eventually(lambda: _copied(running, entry))
    running.kill("matching-worker")
    running.engines["kafka"].resume()
    running.revive()
    ledger.edit(entry)
    ledger.assert_everywhere()
    assert running.pairs("matching", COPY_REVISION)["offers"] == before + 2


@contextmanager
def locked_copy(running):
    """Hold matching's copy of the offers against changes."""
    with running.connected("matching") as connection:
        connection.exec_driver_sql("LOCK TABLE offer IN EXCLUSIVE MODE")
        yield


def _waits_for_lock(running):
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    assert running.rows("matching", waiting)[0][0] > 0


def _nothing_waits(running):
    assert running.count("catalog", "outbox") == 0


def _copied(running, entry):
    copied = running.pairs("matching", "SELECT id, version FROM offer")
    assert copied[entry.id] == entry.version
