"""Events that no healthy service sends: dealt with or parked with the reason, the rest goes on."""

from uuid import uuid4

import pytest
from tests.faults.running import eventually

from aiff_contracts.events import OFFERS_TOPIC
from aiff_kit.bus import LARGEST_RECORD, BusUnavailableError, Record

PARKED = "SELECT id, reason FROM dead_letter ORDER BY id"


def record_like(original, **headers):
    return Record(OFFERS_TOPIC, original.key, original.value, {**original.headers, **headers})


def published(running, entry):
    """Return the records of an offer, oldest first."""
    return [one.record for one in running.events() if one.record.key == entry.id]


def send(running, *records):
    producer = running.bus().producer()
    try:
        producer.send(records)
    finally:
        producer.close()


def parked(running, service):
    return [reason for _, reason in running.rows(service, PARKED)]


def test_duplicates_and_late_events_change_nothing(running, ledger):
    entry = ledger.publish()
    ledger.edit(entry)
    ledger.edit(entry)
    ledger.assert_everywhere()
    before = running.pairs("matching", "SELECT name, revision FROM projection")
    known = [parked(running, service) for service in ("catalog", "matching")]
    old = published(running, entry)
    send(running, *reversed(old), *old)
    ledger.publish()
    ledger.assert_everywhere()
    after = running.pairs("matching", "SELECT name, revision FROM projection")
    assert after["offers"] == before["offers"] + 1
    assert [parked(running, service) for service in ("catalog", "matching")] == known


BROKEN = {
    "unreadable bytes": lambda good: Record(OFFERS_TOPIC, good.key, b"\xff\x00{", good.headers),
    "no headers": lambda good: Record(OFFERS_TOPIC, good.key, good.value, {}),
    "an unknown type": lambda good: record_like(good, ce_type="eu.aifactory-france.unknown.v9"),
    "a sequence that is no number": lambda good: record_like(good, ce_sequence="second"),
    "another shape": lambda good: Record(OFFERS_TOPIC, good.key, b'{"offer": 7}', good.headers),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_an_event_that_cannot_be_read_is_parked_and_those_behind_it_go_on(running, ledger, fault):
    entry = ledger.publish()
    ledger.assert_everywhere()
    good = published(running, entry)[0]
    before = len(parked(running, "matching"))
    send(running, BROKEN[fault](good))
    # The next event of the same offer is on the same partition, behind the broken one.
    ledger.edit(entry)
    ledger.assert_everywhere()
    reasons = eventually(lambda: one_more(running, before))
    assert reasons[-1].strip()


def one_more(running, before):
    reasons = parked(running, "matching")
    assert len(reasons) == before + 1
    return reasons


def test_an_oversized_event_is_refused_or_parked_and_never_stops_the_others(running, ledger):
    entry = ledger.publish()
    ledger.assert_everywhere()
    good = published(running, entry)[0]
    before = len(parked(running, "matching"))
    huge = Record(OFFERS_TOPIC, entry.id, b'"' + b"x" * (2 * LARGEST_RECORD) + b'"', good.headers)
    try:
        send(running, huge)
    except BusUnavailableError:
        # Kafka does not take it: nothing to park.
        assert running.real
    else:
        eventually(lambda: one_more(running, before))
    ledger.edit(entry)
    ledger.assert_everywhere()


def test_a_record_that_names_no_offer_is_parked_by_both_consumers(running, ledger):
    before = {service: len(parked(running, service)) for service in ("catalog", "matching")}
    send(running, Record(OFFERS_TOPIC, f"no-id-{uuid4().hex}", b"?", {}))
    ledger.publish()

    def both():
        for service, count in before.items():
            assert len(parked(running, service)) == count + 1

    eventually(both)
