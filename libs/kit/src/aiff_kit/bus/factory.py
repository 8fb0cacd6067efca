"""Which bus the settings ask for."""

from aiff_kit.bus.embedded import EmbeddedBus
from aiff_kit.bus.kafka import KafkaBus
from aiff_kit.bus.ports import Bus
from aiff_kit.settings import BusSettings


def open_bus(settings: BusSettings) -> Bus:
    """Return Kafka where servers are named, else the embedded log of the data folder."""
    if settings.kafka_bootstrap_servers:
        return KafkaBus(settings.kafka_bootstrap_servers)
    return EmbeddedBus(settings.data_dir / "events.db")
