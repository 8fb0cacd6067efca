"""A trace is carried through the outbox and the events, also where nobody collects it."""

from uuid import uuid4

import orjson
import pytest
from opentelemetry.trace import SpanKind
from sqlalchemy import select
from tests.kit.conftest import withdrawn

from aiff_kit.bus import TRACEPARENT, EmbeddedBus
from aiff_kit.observability import begun, current_traceparent, traced
from aiff_kit.outbox import DeadLetters, Relay, Subscription, append

TRACE = f"00-{'a' * 32}-{'b' * 16}-01"


def headers(database):
    with database.engine.connect() as connection:
        found = connection.execute(select(database.outbox.c.headers)).scalars()
        return [orjson.loads(text) for text in found]


def write(database, traceparent):
    with (
        traced("POST", SpanKind.SERVER, traceparent),
        database.engine.begin() as connection,
    ):
        append(connection, database.outbox, withdrawn(uuid4(), 1))


def test_an_event_belongs_to_the_trace_in_which_it_was_written(database):
    write(database, TRACE)
    assert [found[TRACEPARENT] for found in headers(database)] == [TRACE]
    assert current_traceparent() is None


@pytest.mark.parametrize("given", [None, "", "x", TRACE.upper(), f"{TRACE}-x", TRACE[:-3]])
def test_what_is_no_trace_is_not_carried_on(database, given):
    write(database, given)
    assert TRACEPARENT not in headers(database)[0]


def test_a_consumer_handles_an_event_inside_its_trace(database, tmp_path):
    bus = EmbeddedBus(tmp_path / "events.db")
    write(database, TRACE)
    Relay(database.engine, database.outbox, bus.producer()).forward()
    seen = []
    letters = DeadLetters(database.engine, database.dead_letters, database.outbox)
    consumer = bus.consumer("reader", ["aiff.catalog.offers"])
    subscription = Subscription(
        "reader", consumer, lambda _event: seen.append(current_traceparent()), letters
    )
    subscription.step()
    subscription.close()
    assert seen == [TRACE]
    assert current_traceparent() is None


def test_a_request_without_a_trace_begins_one():
    assert begun(TRACE) == TRACE
    first, second = begun(None), begun("x")
    assert first != second
    assert begun(first) == first
