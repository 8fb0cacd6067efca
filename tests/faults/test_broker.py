"""The broker goes away: writes succeed, events wait and leave in order, none lost."""

import time

import pytest
from tests.faults.outages import (
    cut_network,
    frozen_broker,
    hanging_network,
    killed_broker,
    locked_log,
)
from tests.faults.running import embedded_only, real_only


def assert_events_wait_and_leave(running, ledger, outage):
    before = [ledger.publish() for _ in range(3)]
    unknown = ledger.unknown
    with outage(running):
        during = [ledger.publish() for _ in range(3)]
        for _ in range(3):
            for entry in (*before, *during):
                ledger.edit(entry)
        ledger.archive(during[0])
        assert ledger.unknown == unknown
        time.sleep(1)
        assert running.count("catalog", "outbox") >= 3 + 3 * 6 + 1
    ledger.assert_everywhere()


@embedded_only
def test_writes_succeed_while_the_log_takes_nothing_and_events_leave_afterwards(running, ledger):
    assert_events_wait_and_leave(running, ledger, locked_log)


@real_only
@pytest.mark.parametrize(
    "outage", [killed_broker, frozen_broker, cut_network, hanging_network], ids=lambda o: o.__name__
)
def test_writes_succeed_while_kafka_is_away_and_events_leave_when_it_returns(
    running, ledger, outage
):
    assert_events_wait_and_leave(running, ledger, outage)
