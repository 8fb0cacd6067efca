import gc
import warnings

import pytest
from tests.engines.plugin import use_engines as pytest_configure

# The Kafka client warns at its first import; the kit imports it with that silenced.
import aiff_kit.bus  # noqa: F401

__all__ = ["pytest_configure"]


@pytest.fixture(autouse=True)
def sockets_of_failed_connections_end_with_the_test():
    """The Kafka client leaves them to the garbage collector, which would blame a later test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
