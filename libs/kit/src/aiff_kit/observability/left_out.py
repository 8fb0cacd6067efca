"""What was left out because it could not be worked on, as a metric."""

from collections.abc import Iterator

from prometheus_client import REGISTRY, Metric
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from aiff_contracts.sparing import LEFT_OUT

NAME = "aiff_left_out"
_TEXT = "Things that could not be worked on and were left out, so that the others went on."


class LeftOut(Collector):
    """Shows the process's own count; the log says what was left out of which work."""

    def collect(self) -> Iterator[Metric]:
        """Yield one counter, which is there from the start."""
        yield CounterMetricFamily(NAME, _TEXT, value=LEFT_OUT.total())


REGISTRY.register(LeftOut())
