import threading
from datetime import UTC, datetime

import pytest
from starlette.requests import Request
from starlette.responses import Response

from aiff_kit.auth import Principal
from aiff_kit.db import new_metadata, open_engine
from aiff_kit.http import IdempotencyStore, idempotency_table, idempotent
from aiff_kit.problems import Problem
from aiff_kit.testing import SettableClock

CALLER = Principal("key:1", "acme", frozenset())


@pytest.fixture
def clock():
    return SettableClock(datetime(2026, 11, 24, tzinfo=UTC))


@pytest.fixture
def store(database_url, clock):
    metadata = new_metadata()
    table = idempotency_table(metadata)
    engine = open_engine(database_url)
    metadata.create_all(engine)
    yield IdempotencyStore(engine, table, clock)
    engine.dispose()


def call(store, run, key="k-1", body=b"{}", caller=CALLER):
    headers = [(b"idempotency-key", key.encode())]
    scope = {"type": "http", "method": "POST", "path": "/things", "headers": headers}
    scope |= {"query_string": b"", "server": ("kit", 80), "scheme": "http"}
    return idempotent(Request(scope), caller, store, body, run)


def status_of(store, run, **parts):
    try:
        return call(store, run, **parts).status_code
    except Problem as problem:
        return problem.kind.status


def test_the_same_request_again_gets_the_same_answer(store):
    first = call(store, lambda: Response(b"\x00made", 201, {"location": "/things/1"}))
    again = call(store, lambda: Response(b"another", 201))
    assert (again.status_code, again.body) == (first.status_code, first.body)
    assert again.headers["location"] == "/things/1"
    assert again.headers["idempotency-replayed"] == "true"


def test_another_body_under_the_same_key_is_refused(store):
    call(store, lambda: Response(status_code=201))
    assert status_of(store, lambda: Response(status_code=201), body=b"[]") == 422


def test_a_key_belongs_to_its_caller(store):
    other = Principal("key:2", "other", frozenset())
    call(store, lambda: Response(b"acme", 201))
    assert call(store, lambda: Response(b"other", 201), caller=other).body == b"other"


def test_a_call_that_failed_can_be_repeated(store):
    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        call(store, fail)
    assert status_of(store, lambda: Response(status_code=201)) == 201


def test_a_call_whose_process_died_can_be_repeated_after_a_minute(store, clock):
    class DeathError(BaseException):
        pass

    def die():
        store.abandon = lambda call: None
        raise DeathError

    with pytest.raises(DeathError):
        call(store, die)
    assert status_of(store, lambda: Response(status_code=201)) == 409
    clock.advance(seconds=61)
    assert status_of(store, lambda: Response(status_code=201)) == 201


def test_of_requests_at_the_same_time_one_takes_effect(store):
    made, statuses, together = [], [], threading.Barrier(6)

    def run():
        made.append(1)
        return Response(status_code=201)

    def request():
        together.wait()
        statuses.append(status_of(store, run))

    threads = [threading.Thread(target=request) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert set(statuses) <= {201, 409}
    assert len(statuses) == 6


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_of_no_use_is_refused(store, key):
    assert status_of(store, lambda: Response(status_code=201), key=key) == 400
