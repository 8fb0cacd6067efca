"""The limits with where they are counted."""

from collections.abc import Callable

from aiff_gateway.limits.adapters import LocalCounters, SharedCounters, SharedElseLocalCounters
from aiff_gateway.limits.application import Counters, RequestLimits
from aiff_gateway.main.settings import LimitSettings


def request_limits(settings: LimitSettings, monotonic: Callable[[], float]) -> RequestLimits:
    """Return the limits of requests, counted where the settings say."""
    return RequestLimits(settings.policies, _counters(settings, monotonic))


def _counters(settings: LimitSettings, monotonic: Callable[[], float]) -> Counters:
    local = LocalCounters(monotonic)
    if settings.url is None:
        return local
    shared = SharedCounters(settings.url.get_secret_value())
    return SharedElseLocalCounters(shared, local, monotonic)
