"""Which bus the settings ask for."""

from aiff_kit.bus.embedded import EmbeddedBus
from aiff_kit.bus.ports import Bus
from aiff_kit.settings import BusSettings


def open_bus(settings: BusSettings) -> Bus:
    """Return Kafka where servers are named, else the embedded log of the data folder."""
    if settings.kafka_bootstrap_servers:
        return _kafka(settings.kafka_bootstrap_servers, settings)
    return EmbeddedBus(settings.data_dir / "events.db")


def _kafka(servers: str, settings: BusSettings) -> Bus:
    # Its client is large; who runs on the embedded log starts without it.
    from aiff_kit.bus.kafka import KafkaBus  # noqa: PLC0415
    from aiff_kit.bus.kafka_security import KafkaSecurity  # noqa: PLC0415

    password = settings.kafka_sasl_password
    security = KafkaSecurity(
        protocol=settings.kafka_security_protocol,
        ca_file=settings.kafka_ssl_ca_file,
        certificate_file=settings.kafka_ssl_certificate_file,
        key_file=settings.kafka_ssl_key_file,
        mechanism=settings.kafka_sasl_mechanism,
        username=settings.kafka_sasl_username,
        password=password.get_secret_value() if password else None,
    )
    return KafkaBus(servers, security)
