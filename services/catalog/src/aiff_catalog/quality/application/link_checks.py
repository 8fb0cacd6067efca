"""The worker asks the addresses in listings whether they still lead somewhere.

One at a time: a catalogue of a thousand listings is gone through in an hour, and nobody's server
notices.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.application.assessing import store_quality
from aiff_catalog.quality.application.ports import LinkAsker, OpenQuality
from aiff_catalog.quality.domain.links import LinkSeen, addresses, looked
from aiff_kit.clock import Clock
from aiff_kit.throttle import Throttle

_LOOKED_EVERY = timedelta(seconds=5)
# Between two requests to one host.
_PAUSE_SECONDS = 1.0


class LinkCheckJob:
    """A worker's step."""

    def __init__(
        self,
        open_uow: OpenQuality,
        asker: LinkAsker,
        clock: Clock,
        every: timedelta,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Keep what opens a transaction, who asks, the clock, and how often each is asked."""
        self._open = open_uow
        self._asker = asker
        self._clock = clock
        self._every = every
        self._pause = pause
        self._last_host: str | None = None
        self._throttle = Throttle(_LOOKED_EVERY)

    def step(self) -> int:
        """Ask one address of the listing that waits longest, or note that all were asked."""
        now = self._clock()
        if self._throttle.is_early(now):
            return 0
        with self._open() as uow:
            due = uow.links.due(now - self._every, 1)
            uow.commit()
        if not due:
            self._throttle.done(now)
            return 0
        url, before = self._stale(due[0], now)
        if url is None:
            self._finish(due[0], now)
        else:
            self._ask(url, before, now)
        return 1

    def _stale(self, offer: Offer, now: datetime) -> tuple[str | None, LinkSeen | None]:
        """Return an address that was not asked lately, and what is known of it."""
        named = dict.fromkeys(url for _, url in addresses(offer.working))
        with self._open() as uow:
            known = uow.links.seen(tuple(named))
        for url in named:
            before = known.get(url)
            if before is None or before.checked_at <= now - self._every:
                return url, before
        return None, None

    def _ask(self, url: str, before: LinkSeen | None, now: datetime) -> None:
        host = urlsplit(url).hostname
        if host == self._last_host:
            self._pause(_PAUSE_SECONDS)
        self._last_host = host
        outcome, status = self._asker.ask(url)
        with self._open() as uow:
            uow.links.put(looked(before, url, outcome, status, now))
            uow.commit()

    def _finish(self, offer: Offer, now: datetime) -> None:
        with self._open() as uow:
            uow.links.note(offer, now)
            store_quality(uow, [offer], now)
            uow.commit()
