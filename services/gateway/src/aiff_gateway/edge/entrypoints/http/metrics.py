"""What the edge counts: answers by public route, and reads that memory answered or did not."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from prometheus_client import REGISTRY, Gauge, Metric
from prometheus_client.metrics_core import CounterMetricFamily
from prometheus_client.registry import Collector

from aiff_gateway.edge.domain.routes import route_of

UNMATCHED = "unmatched"
# A client that left before its answer; no answer has this status.
CLIENT_GONE = 499
_REMEMBERED_PATHS = 8192
_LONGEST_REMEMBERED = 120

ENTRIES = Gauge("aiff_gateway_cache_entries", "Resources that the gateway remembers.")
BYTES = Gauge("aiff_gateway_cache_bytes", "Bytes of bodies that the gateway remembers.")
PURGES = Gauge("aiff_gateway_cache_purges", "How often events or outages purged what it remembers.")


class CacheReads(Collector):
    """Anonymous reads by how they were answered. One event loop counts, without a lock."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.hits = 0
        self.misses = 0

    def collect(self) -> Iterable[Metric]:
        """Return the counts."""
        family = CounterMetricFamily(
            "aiff_gateway_cache_reads", "Anonymous reads by outcome.", labels=("outcome",)
        )
        family.add_metric(("hit",), self.hits)
        family.add_metric(("miss",), self.misses)
        return [family]


CACHE_READS = CacheReads()
REGISTRY.register(CACHE_READS)


def show_cache(
    entries: Callable[[], float], size: Callable[[], float], purges: Callable[[], float]
) -> None:
    """Take the figures of the cache from these whenever somebody asks."""
    ENTRIES.set_function(entries)
    BYTES.set_function(size)
    PURGES.set_function(purges)


def route_label(raw_path: bytes) -> str:
    """Return the public prefix that a path belongs to, which is what its requests count under."""
    if len(raw_path) > _LONGEST_REMEMBERED:
        return _label(raw_path)
    return _remembered_label(raw_path)


def _label(raw_path: bytes) -> str:
    if raw_path == b"/":
        return "/"
    route = route_of(raw_path.decode("latin-1"))
    return route.prefix if route else UNMATCHED


_remembered_label = lru_cache(maxsize=_REMEMBERED_PATHS)(_label)
