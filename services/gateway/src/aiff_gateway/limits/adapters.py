"""Where requests are counted: in this process, or on a server that all gateways share."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from prometheus_client import Gauge
from redis.asyncio import ConnectionPool

from aiff_gateway.limits.application import Counters
from aiff_gateway.limits.domain import windows
from aiff_gateway.limits.domain.policies import Policy, Standing

_MOST_HOLDERS = 100_000
_SHARED_SECONDS = 0.2
_AWAY_SECONDS = 5.0

_SHARED = Gauge(
    "aiff_gateway_limits_shared",
    "1 while requests are counted for all gateways together, 0 while each counts for itself.",
)

_log = structlog.get_logger(__name__)


class LocalCounters:
    """Counts in memory, for the event loop's thread alone; the least recent holders go first.

    The memory of the library `limits` has no bound on holders and looks through all of them
    again and again, so it is not for addresses that strangers choose.
    """

    def __init__(self, monotonic: Callable[[], float], most: int = _MOST_HOLDERS) -> None:
        """Take the time in seconds from `monotonic`; remember so many holders at most."""
        self._monotonic = monotonic
        self._most = most
        # By policy and holder: the number of the window, and the counts of it and the one before.
        self._counts: OrderedDict[tuple[str, str], tuple[int, int, int]] = OrderedDict()

    async def hit(self, policy: Policy, holder: str) -> Standing:
        """Count a request where it is admitted."""
        number, previous, current, elapsed = self._window(policy, holder)
        admitted = windows.admits(policy, previous, current, elapsed)
        if admitted:
            current += 1
            key = (policy.name, holder)
            self._counts[key] = (number, previous, current)
            self._counts.move_to_end(key)
            if len(self._counts) > self._most:
                self._counts.popitem(last=False)
        return windows.standing(policy, previous, current, elapsed, admitted=admitted)

    async def look(self, policy: Policy, holder: str) -> Standing:
        """Return where a holder stands, without counting."""
        _, previous, current, elapsed = self._window(policy, holder)
        admitted = windows.admits(policy, previous, current, elapsed)
        return windows.standing(policy, previous, current, elapsed, admitted=admitted)

    async def close(self) -> None:
        """Forget everything."""
        self._counts.clear()

    def _window(self, policy: Policy, holder: str) -> tuple[int, int, int, float]:
        now = self._monotonic()
        number = int(now // policy.seconds)
        elapsed = now - number * policy.seconds
        kept, previous, current = self._counts.get((policy.name, holder), (number, 0, 0))
        if kept == number - 1:
            previous, current = current, 0
        elif kept != number:
            previous, current = 0, 0
        return number, previous, current, elapsed


class SharedCounters:
    """Counts on a server that speaks the Redis protocol, by the library `limits`."""

    def __init__(self, url: str) -> None:
        """Keep the address (`redis://` or `rediss://`); connections open when they are needed."""
        self._pool = ConnectionPool.from_url(url, socket_timeout=1.0, socket_connect_timeout=1.0)
        self._storage = RedisStorage(
            f"async+{url}",
            wrap_exceptions=True,
            implementation="redispy",
            key_prefix="aiff-limits",
            # The library takes a pool and says so in words, its types do not.
            connection_pool=self._pool,  # type: ignore[arg-type]
        )
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)

    async def hit(self, policy: Policy, holder: str) -> Standing:
        """Count a request where it is admitted."""
        item = _item(policy)
        admitted = await self._limiter.hit(item, policy.name, holder)
        return await self._standing(item, policy, holder, admitted=admitted)

    async def look(self, policy: Policy, holder: str) -> Standing:
        """Return where a holder stands, without counting."""
        item = _item(policy)
        admitted = await self._limiter.test(item, policy.name, holder)
        return await self._standing(item, policy, holder, admitted=admitted)

    async def close(self) -> None:
        """Give the connections back."""
        await self._pool.aclose()

    async def _standing(
        self, item: RateLimitItemPerSecond, policy: Policy, holder: str, *, admitted: bool
    ) -> Standing:
        key = item.key_for(policy.name, holder)
        previous, _, current, left = await self._storage.get_sliding_window(key, policy.seconds)
        # A window is kept for twice its length, because it counts on as the one before.
        elapsed = min(max(0.0, 2 * policy.seconds - left), policy.seconds) if current else 0.0
        return windows.standing(policy, previous, current, elapsed, admitted=admitted)


class SharedElseLocalCounters:
    """Counts for all gateways together while that is possible, else each for itself.

    A server that is away opens no door and closes none: after a fifth of a second the request is
    counted here, and those of the next five seconds do not even ask.
    """

    def __init__(self, shared: Counters, local: Counters, monotonic: Callable[[], float]) -> None:
        """Keep both."""
        self._shared = shared
        self._local = local
        self._monotonic = monotonic
        self._away_until = float("-inf")
        _SHARED.set(1)

    async def hit(self, policy: Policy, holder: str) -> Standing:
        """Count a request where it is admitted."""
        return await self._asked(lambda counters: counters.hit(policy, holder))

    async def look(self, policy: Policy, holder: str) -> Standing:
        """Return where a holder stands, without counting."""
        return await self._asked(lambda counters: counters.look(policy, holder))

    async def close(self) -> None:
        """Close both."""
        await self._shared.close()
        await self._local.close()

    async def _asked(self, ask: Callable[[Counters], Awaitable[Standing]]) -> Standing:
        if self._monotonic() < self._away_until:
            return await ask(self._local)
        try:
            async with asyncio.timeout(_SHARED_SECONDS):
                found = await ask(self._shared)
        except (StorageError, OSError) as error:
            self._note_away(error)
            return await ask(self._local)
        _SHARED.set(1)
        return found

    def _note_away(self, error: Exception) -> None:
        self._away_until = self._monotonic() + _AWAY_SECONDS
        _SHARED.set(0)
        _log.warning("limits count for this gateway alone", reason=type(error).__name__)


def _item(policy: Policy) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(policy.amount, policy.seconds)
