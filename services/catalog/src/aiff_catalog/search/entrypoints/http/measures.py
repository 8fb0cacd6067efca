"""How long searches take and who answers them."""

from collections.abc import Callable

from prometheus_client import Counter, Gauge, Histogram

from aiff_catalog.search.domain.queries import SearchPage

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_SECONDS = Histogram(
    "aiff_search_duration_seconds", "Seconds from a checked search to its page.", buckets=_BOUNDS
)
_DEGRADED = Gauge(
    "aiff_search_degraded", "1 when the last search was answered by the database, else 0."
)
_ALL_DEGRADED = Counter(
    "aiff_searches_degraded", "Searches that the database answered, the index being out of reach."
)
_RESTING = Gauge(
    "aiff_search_breaker_open",
    "1 while the search engine is left alone after failures in a row, else 0.",
)


def note_search(page: SearchPage, seconds: float) -> None:
    """Count a search that took so long."""
    _SECONDS.observe(seconds)
    _DEGRADED.set(float(page.degraded))
    if page.degraded:
        _ALL_DEGRADED.inc()


def show_breaker(is_resting: Callable[[], bool]) -> None:
    """Take the breaker's state from this whenever somebody asks."""
    _RESTING.set_function(lambda: float(is_resting()))
