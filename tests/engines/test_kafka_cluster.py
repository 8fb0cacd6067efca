"""Three brokers, two of which must have a record."""

from uuid import uuid4

import pytest
from tests.engines.traffic import assert_once_and_in_order, received, records, until_taken

from aiff_kit.bus import BusUnavailableError
from aiff_kit.bus.kafka import KafkaBus

pytestmark = pytest.mark.engines


def test_one_lost_broker_goes_unnoticed_and_two_make_events_wait(kafka_cluster, monkeypatch):
    bus, topic = KafkaBus(kafka_cluster.settings()["KAFKA_BOOTSTRAP_SERVERS"]), uuid4().hex
    bus.ensure_topics([topic])
    producer = bus.producer()
    first, second, _third = kafka_cluster.brokers
    producer.send(records(topic, range(100)))
    first.kill()
    producer.send(records(topic, range(100, 200)))
    second.kill()
    monkeypatch.setattr("aiff_kit.bus.kafka._DELIVERY_MS", 5_000)
    with pytest.raises(BusUnavailableError):
        _send_afresh(bus, records(topic, range(200, 300)))
    monkeypatch.undo()
    first.start()
    second.start()
    until_taken(producer, records(topic, range(200, 300)))
    producer.close()
    found = received(bus, topic, 300)
    assert {int(record.value) for record in found} == set(range(300))
    assert_once_and_in_order([r for r in found if int(r.value) < 200], 200)


def _send_afresh(bus, wanted):
    producer = bus.producer()
    try:
        producer.send(wanted)
    finally:
        producer.close()
