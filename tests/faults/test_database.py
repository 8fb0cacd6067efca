"""The database restarts or freezes: 503 with Retry-After or success, and recovery by itself."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from tests.faults.running import eventually, real_only

pytestmark = real_only


@pytest.fixture
def postgres(running):
    return running.engines["postgres"]


@pytest.fixture
def pids(running):
    """No process of ours may be restarted for a recovery."""
    before = {name: process.pid for name, process in running.product.running.items()}
    yield before
    assert {name: process.pid for name, process in running.product.running.items()} == before


def calls(ledger, entry):
    """Return a read, a write and a question to matching, none of which a cache answers."""
    client = ledger.client
    patch = {"title": {"fr": "Autre"}}
    return [
        lambda: client.get(f"/v1/offers/{entry.id}/revisions"),
        lambda: client.patch(f"/v1/offers/{entry.id}", json=patch, headers={"If-Match": '"999"'}),
        lambda: client.post("/v1/matches", json={"limit": 1}),
    ]


def assert_unavailable(answer):
    assert answer.status_code in {503, 504}, answer.text
    if answer.status_code == 503:
        assert int(answer.headers["retry-after"]) > 0


def statuses(ledger, entry):
    return [call().status_code for call in calls(ledger, entry)]


def test_a_killed_database_is_503_and_back_within_ten_seconds(running, ledger, postgres, pids):
    entry = ledger.publish()
    usual = statuses(ledger, entry)
    postgres.kill()
    for call in calls(ledger, entry):
        assert_unavailable(call())
    postgres.start()
    eventually(lambda: _same(statuses(ledger, entry), usual), 10)
    ledger.edit(entry)
    ledger.assert_everywhere()


def test_a_restart_in_the_middle_of_writes_loses_nothing(ledger, postgres, pids):
    entries = [ledger.publish() for _ in range(2)]
    with ThreadPoolExecutor(1) as other:
        restarted = other.submit(lambda: (time.sleep(0.3), postgres.kill(), postgres.start()))
        try:
            for _ in range(8):
                for entry in entries:
                    ledger.edit(entry)
        finally:
            # A server that did not come back is the first thing to say.
            restarted.result()


def test_a_frozen_database_keeps_nobody_waiting_for_ever(ledger, postgres, pids):
    entry = ledger.publish()
    usual = statuses(ledger, entry)
    wanted = [call for _ in range(6) for call in calls(ledger, entry)]
    postgres.pause()
    with ThreadPoolExecutor(len(wanted)) as crowd:
        try:
            waiting = [crowd.submit(call) for call in wanted]
            # The client itself gives up after 40 s: an answer proves that the service gave one.
            for answer in waiting:
                assert_unavailable(answer.result())
        finally:
            postgres.resume()
    eventually(lambda: _same(statuses(ledger, entry), usual), 10)
    ledger.edit(entry)


def test_what_is_remembered_is_served_without_a_database(running, ledger, postgres, pids):
    entry = ledger.publish()
    ledger.assert_everywhere()
    with httpx2.Client(base_url=running.url, timeout=10) as anonymous:
        address = f"/v1/offers/{entry.id}"
        known = anonymous.get(address)
        assert known.status_code == 200
        postgres.kill()
        assert anonymous.get(address).content == known.content
    postgres.start()


def _same(found, usual):
    assert found == usual
