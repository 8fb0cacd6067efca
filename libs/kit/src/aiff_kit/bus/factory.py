"""Which bus the settings ask for."""

from aiff_kit.bus.embedded import EmbeddedBus
from aiff_kit.bus.kafka import KafkaBus
from aiff_kit.bus.kafka_security import KafkaSecurity
from aiff_kit.bus.ports import Bus
from aiff_kit.settings import BusSettings


def open_bus(settings: BusSettings) -> Bus:
    """Return Kafka where servers are named, else the embedded log of the data folder."""
    if settings.kafka_bootstrap_servers:
        return KafkaBus(settings.kafka_bootstrap_servers, _security(settings))
    return EmbeddedBus(settings.data_dir / "events.db")


def _security(settings: BusSettings) -> KafkaSecurity:
    password = settings.kafka_sasl_password
    return KafkaSecurity(
        protocol=settings.kafka_security_protocol,
        ca_file=settings.kafka_ssl_ca_file,
        certificate_file=settings.kafka_ssl_certificate_file,
        key_file=settings.kafka_ssl_key_file,
        mechanism=settings.kafka_sasl_mechanism,
        username=settings.kafka_sasl_username,
        password=password.get_secret_value() if password else None,
    )
