"""A Kafka that asks who is there, and shows who it is."""

from uuid import uuid4

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ScramMechanism, UserScramCredentialUpsertion
from tests.engines.certificates import Authority
from tests.engines.plugin import started
from tests.engines.traffic import received, records

from aiff_kit.bus import BusRefusedError, BusUnavailableError, open_bus
from aiff_kit.settings import BusSettings
from aiff_local.engines import Kafka
from aiff_local.engines.ports import server_port

pytestmark = pytest.mark.engines

_GUARDED = """
listeners=PLAINTEXT://127.0.0.1:{port},LOGIN://127.0.0.1:{login},SEALED://127.0.0.1:{sealed},\
MUTUAL://127.0.0.1:{mutual},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},LOGIN://127.0.0.1:{login},\
SEALED://127.0.0.1:{sealed},MUTUAL://127.0.0.1:{mutual}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,LOGIN:SASL_PLAINTEXT,SEALED:SASL_SSL,\
MUTUAL:SSL,CONTROLLER:PLAINTEXT
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
{jaas}
ssl.keystore.type=PEM
ssl.keystore.location={server}
ssl.truststore.type=PEM
ssl.truststore.location={authority}
listener.name.mutual.ssl.client.auth=required
"""
_JAAS = (
    "listener.name.{listener}.plain.sasl.jaas.config="
    "org.apache.kafka.common.security.plain.PlainLoginModule required"
    ' user_aiff="right";\n'
    "listener.name.{listener}.scram-sha-256.sasl.jaas.config="
    "org.apache.kafka.common.security.scram.ScramLoginModule required;\n"
    "listener.name.{listener}.scram-sha-512.sasl.jaas.config="
    "org.apache.kafka.common.security.scram.ScramLoginModule required;"
)


class GuardedKafka(Kafka):
    """A broker with an open listener for itself, one with a login, two with certificates."""

    def __init__(self, folder, authority):
        super().__init__(folder)
        self.ports = {name: server_port() for name in ("login", "sealed", "mutual")}
        self._authority = authority

    def _prepare(self):
        super()._prepare()
        both = self.folder / "server.pem"
        certificate, key = self._authority.issue("127.0.0.1")
        both.write_bytes(key.read_bytes() + certificate.read_bytes())
        text = self._configuration.read_text(encoding="utf-8")
        opened = [line for line in text.splitlines() if "listeners=PLAINTEXT" not in line]
        guarded = _GUARDED.format(
            port=self.port,
            controller=self._place.controller,
            jaas="\n".join(_JAAS.format(listener=name) for name in ("login", "sealed")),
            server=both,
            authority=self._authority.file,
            **self.ports,
        )
        self._configuration.write_text("\n".join(opened) + guarded, encoding="utf-8")

    def _when_ready(self):
        client = KafkaAdminClient(bootstrap_servers=f"127.0.0.1:{self.port}")
        for mechanism in (ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512):
            user = UserScramCredentialUpsertion("aiff", mechanism, "right")
            assert client.alter_user_scram_credentials([user]) == {"aiff": None}
        client.close()


@pytest.fixture(scope="module")
def authority(engine_folder):
    return Authority(engine_folder / "certificates")


@pytest.fixture(scope="module")
def broker(engine_folder, authority):
    yield from started(GuardedKafka(engine_folder / "guarded", authority))


@pytest.fixture(scope="module")
def ways(broker, authority):
    """The settings that lead through each listener."""

    def at(listener, protocol):
        servers = f"127.0.0.1:{broker.ports[listener]}"
        return {"KAFKA_BOOTSTRAP_SERVERS": servers, "KAFKA_SECURITY_PROTOCOL": protocol}

    certificate, key = authority.issue("a-service.example")
    signed = {"KAFKA_SSL_CA_FILE": str(authority.file)}
    user = {"KAFKA_SASL_USERNAME": "aiff", "KAFKA_SASL_PASSWORD": "right"}
    own = {"KAFKA_SSL_CERTIFICATE_FILE": str(certificate), "KAFKA_SSL_KEY_FILE": str(key)}
    return {
        "login": {**at("login", "SASL_PLAINTEXT"), **user},
        "sealed": {**at("sealed", "SASL_SSL"), **user, **signed},
        "mutual": {**at("mutual", "SSL"), **signed, **own},
    }


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
