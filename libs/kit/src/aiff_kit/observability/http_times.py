"""How long answered requests took, by route, method and status."""

from bisect import bisect_left
from collections.abc import Iterable

from prometheus_client import REGISTRY, CollectorRegistry, Metric
from prometheus_client.metrics_core import HistogramMetricFamily
from prometheus_client.registry import Collector

NAME = "aiff_http_request_duration_seconds"
# Upper bounds in seconds: a remembered answer takes less than a millisecond, a service's limit
# of patience is 30 seconds.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_LABELS = ("route", "method", "status")
_METHODS = frozenset(("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"))


class HttpTimes(Collector):
    """A histogram that one event loop fills.

    It holds plain numbers without a lock: the library's own histogram takes two locks and a walk
    over the buckets for each observation, a tenth of what a remembered answer costs in all.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._counts: dict[tuple[str, str, int], list[int]] = {}
        self._sums: dict[tuple[str, str, int], float] = {}

    def observe(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one answer. `route` is a template, never an address as it was sent."""
        key = (route, method, status)
        counts = self._counts.get(key)
        if counts is None:
            key, counts = self._begun(key)
        counts[bisect_left(BOUNDS, seconds)] += 1
        self._sums[key] += seconds

    def describe(self) -> Iterable[Metric]:
        """Name the metric before there is any observation."""
        return [self._family()]

    def collect(self) -> Iterable[Metric]:
        """Return what was counted, in the cumulative form of the exposition format."""
        family = self._family()
        for key, counts in list(self._counts.items()):
            route, method, status = key
            buckets, total = [], 0
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
                total += count
                buckets.append((bound, float(total)))
            family.add_metric((route, method, str(status)), buckets, self._sums[key])
        return [family]

    def _begun(self, key: tuple[str, str, int]) -> tuple[tuple[str, str, int], list[int]]:
        """Begin a series; a client may invent methods, which must not make one each."""
        route, method, status = key
        key = (route, method if method in _METHODS else "other", status)
        self._sums.setdefault(key, 0.0)
        return key, self._counts.setdefault(key, [0] * (len(BOUNDS) + 1))

    def _family(self) -> HistogramMetricFamily:
        text = "Seconds from the arrival of a request to the end of its answer."
        return HistogramMetricFamily(NAME, text, labels=_LABELS)


def registered(registry: CollectorRegistry = REGISTRY) -> HttpTimes:
    """Return a histogram that a registry exposes."""
    times = HttpTimes()
    registry.register(times)
    return times


# The one of this process.
HTTP_TIMES = registered()
