from tests.engines.plugin import use_engines as pytest_configure

# The Kafka client warns at its first import; the kit imports it with that silenced.
import aiff_kit.bus  # noqa: F401

__all__ = ["pytest_configure"]
