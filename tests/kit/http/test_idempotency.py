import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, String, Table, select
from starlette.requests import Request
from starlette.responses import Response

from aiff_kit.auth import Principal
from aiff_kit.db import Transaction, new_metadata, open_engine
from aiff_kit.http import IdempotencyStore, idempotency_table, idempotent
from aiff_kit.problems import Problem
from aiff_kit.testing import SettableClock

CALLER = Principal("key:1", "acme", frozenset())


@pytest.fixture
def clock():
    return SettableClock(datetime(2026, 11, 24, tzinfo=UTC))


class Things:
    """A service's table, and a store of answers in the same database."""

    def __init__(self, database_url, clock):
        metadata = new_metadata()
        self.table = Table("thing", metadata, Column("name", String(40)))
        answers = idempotency_table(metadata)
        self.engine = open_engine(database_url)
        metadata.create_all(self.engine)
        self.store = IdempotencyStore(self.engine, answers, clock)

    def make(self, name="thing"):
        transaction = Transaction(self.engine)
        transaction.connection.execute(self.table.insert().values(name=name))
        transaction.commit()
        transaction.close()
        return Response(name, 201)

    def made(self):
        with self.engine.connect() as connection:
            return list(connection.execute(select(self.table.c.name)).scalars())


@pytest.fixture
def things(database_url, clock):
    found = Things(database_url, clock)
    yield found
    found.engine.dispose()


@pytest.fixture
def store(things):
    return things.store


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


DYING = """
import os, signal, sys
from tests.kit.http.test_idempotency import Things, call
from aiff_kit.clock import utc_now

things = Things(sys.argv[1], utc_now)

def run():
    things.make()
    os.kill(os.getpid(), signal.SIGKILL)

call(things.store, run)
"""


def test_a_process_killed_between_effect_and_answer_leaves_neither(things, database_url):
    ended = subprocess.run([sys.executable, "-c", DYING, database_url], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert things.made() == []
    assert call(things.store, things.make).status_code == 201
    assert things.made() == ["thing"]


def test_an_answer_is_forgotten_after_a_day(things, clock):
    call(things.store, things.make)
    clock.advance(hours=25)
    call(things.store, things.make)
    assert things.made() == ["thing", "thing"]


def test_an_error_after_the_effect_undoes_it(things):
    def fail():
        things.make()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        call(things.store, fail)
    assert things.made() == []


def test_what_a_unit_of_work_left_uncommitted_is_undone_and_the_rest_stays(things):
    def run():
        abandoned = Transaction(things.engine)
        abandoned.connection.execute(things.table.insert().values(name="abandoned"))
        abandoned.close()
        return things.make()

    call(things.store, run)
    assert things.made() == ["thing"]


def test_of_equal_requests_in_two_processes_one_takes_effect_and_both_get_its_answer(
    things, database_url, clock
):
    other, together, bodies = Things(database_url, clock), threading.Barrier(2), []

    def request(place, name):
        together.wait()
        bodies.append(call(place.store, lambda: place.make(name)).body)

    both = [(things, "first"), (other, "second")]
    threads = [threading.Thread(target=request, args=parts) for parts in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.engine.dispose()
    assert bodies == [things.made()[0].encode()] * 2
    assert len(things.made()) == 1


def test_a_repeat_while_the_first_is_running_is_told_to_come_later(store):
    def run():
        assert status_of(store, lambda: Response(status_code=201)) == 409
        return Response(status_code=201)

    assert call(store, run).status_code == 201


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
