"""A broker that asks who is there, and shows who it is."""

from kafka import KafkaAdminClient
from kafka.admin import ScramMechanism, UserScramCredentialUpsertion

from aiff_local.engines import Kafka
from aiff_local.processes import free_port

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
        self.ports = {name: free_port() for name in ("login", "sealed", "mutual")}
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

    def ways(self):
        """Return the settings that lead through each listener."""

        def at(listener, protocol):
            servers = f"127.0.0.1:{self.ports[listener]}"
            return {"KAFKA_BOOTSTRAP_SERVERS": servers, "KAFKA_SECURITY_PROTOCOL": protocol}

        certificate, key = self._authority.issue("a-service.example")
        signed = {"KAFKA_SSL_CA_FILE": str(self._authority.file)}
        user = {"KAFKA_SASL_USERNAME": "aiff", "KAFKA_SASL_PASSWORD": "right"}
        own = {"KAFKA_SSL_CERTIFICATE_FILE": str(certificate), "KAFKA_SSL_KEY_FILE": str(key)}
        return {
            "login": {**at("login", "SASL_PLAINTEXT"), **user},
            "sealed": {**at("sealed", "SASL_SSL"), **user, **signed},
            "mutual": {**at("mutual", "SSL"), **signed, **own},
        }
