"""A Kafka that asks who is there, and shows who it is."""

from uuid import uuid4

import pytest
from tests.engines.certificates import Authority
from tests.engines.guarded_kafka import GuardedKafka
from tests.engines.plugin import started
from tests.engines.traffic import received, records

from aiff_kit.bus import BusRefusedError, BusUnavailableError, open_bus
from aiff_kit.settings import BusSettings

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def authority(engine_folder):
    return Authority(engine_folder / "certificates")


@pytest.fixture(scope="module")
def broker(engine_folder, authority):
    with started(GuardedKafka(engine_folder / "guarded", authority)) as engine:
        yield engine


@pytest.fixture(scope="module")
def ways(broker):
    """The settings that lead through each listener."""
    return broker.ways()


def bus_of(settings, **changed):
    return open_bus(BusSettings.model_validate({**settings, **changed}))


MECHANISMS = [
    (listener, mechanism)
    for listener in ("login", "sealed")
    for mechanism in ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
]


@pytest.mark.parametrize(("way", "mechanism"), [*MECHANISMS, ("mutual", None)])
def test_who_is_let_in_sends_and_receives(ways, way, mechanism):
    signing = {"KAFKA_SASL_MECHANISM": mechanism} if mechanism else {}
    bus, topic = bus_of(ways[way], **signing), uuid4().hex
    bus.check()
    bus.ensure_topics([topic])
    producer = bus.producer()
    producer.send(records(topic, range(10)))
    producer.close()
    assert len(received(bus, topic, 10)) == 10


@pytest.mark.parametrize("use", ["check", "producer"])
@pytest.mark.parametrize(
    ("way", "mechanism"), [("login", "PLAIN"), ("sealed", "PLAIN"), ("sealed", "SCRAM-SHA-512")]
)
def test_a_wrong_password_is_said_and_not_shown(ways, way, mechanism, use):
    wrong = {"KAFKA_SASL_MECHANISM": mechanism, "KAFKA_SASL_PASSWORD": "wrong-one"}
    with pytest.raises(BusRefusedError) as caught:
        getattr(bus_of(ways[way], **wrong), use)()
    assert caught.value.setting == "KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD"
    assert "Authentication failed" in caught.value.reason
    assert "wrong-one" not in str(caught.value)


def test_a_broker_that_an_unknown_authority_signed_for_is_not_spoken_to(ways, engine_folder):
    other = Authority(engine_folder / "others")
    with pytest.raises(BusRefusedError) as caught:
        bus_of(ways["sealed"], KAFKA_SSL_CA_FILE=str(other.file)).check()
    assert caught.value.setting == "KAFKA_SSL_CA_FILE"
    assert "certificate verify failed" in caught.value.reason


def test_a_broker_under_another_name_than_its_certificate_says_is_not_spoken_to(ways):
    elsewhere = ways["sealed"]["KAFKA_BOOTSTRAP_SERVERS"].replace("127.0.0.1", "localhost")
    with pytest.raises(BusRefusedError, match=r"certificate is not valid for 'localhost'"):
        bus_of(ways["sealed"], KAFKA_BOOTSTRAP_SERVERS=elsewhere).check()


def test_a_client_without_the_certificate_that_brokers_want_is_told_so(ways):
    own = {"KAFKA_SSL_CERTIFICATE_FILE", "KAFKA_SSL_KEY_FILE"}
    given = {name: value for name, value in ways["mutual"].items() if name not in own}
    with pytest.raises(BusRefusedError) as caught:
        bus_of(given).check()
    assert caught.value.setting == "KAFKA_SSL_CERTIFICATE_FILE"


def test_a_password_for_brokers_that_ask_for_none_names_the_protocol(ways, broker):
    with pytest.raises(BusRefusedError) as caught:
        bus_of(ways["login"], **broker.settings()).check()
    assert caught.value.setting == "KAFKA_SECURITY_PROTOCOL"


@pytest.mark.parametrize("listener", ["login", "sealed", "mutual"])
def test_who_does_not_say_who_it_is_gets_nothing(ways, listener):
    servers = ways[listener]["KAFKA_BOOTSTRAP_SERVERS"]
    with pytest.raises(BusUnavailableError):
        bus_of({"KAFKA_BOOTSTRAP_SERVERS": servers}).check()


def test_a_start_with_a_wrong_password_ends_with_one_line_without_it(refused, ways, migrated):
    migrated("aiff_gateway")
    given = {**ways["sealed"], "KAFKA_SASL_PASSWORD": "hidden"}
    told = refused("aiff_gateway", "serve", **given)
    assert "KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD for KAFKA_BOOTSTRAP_SERVERS=127" in told
    assert told.endswith("correct it, or what the brokers know of this client\n")


def test_a_frozen_broker_is_given_up_in_the_middle_of_the_handshake(broker, ways):
    bus = bus_of(ways["sealed"])
    broker.pause()
    try:
        with pytest.raises(BusUnavailableError):
            bus.check()
    finally:
        broker.resume()
