"""Gives changes their positions, and forgets old tombstones; the worker does both."""

from datetime import UTC, datetime, timedelta

from aiff_catalog.exchange.application.ports import OpenExchange
from aiff_kit.clock import Clock

_AT_ONCE = 500
_FORGET_EVERY = timedelta(hours=1)


class ChangeNumbering:
    """Gives positions to changes, and drops tombstones that are older than is promised."""

    def __init__(self, open_uow: OpenExchange, clock: Clock, kept: timedelta) -> None:
        """Keep where to write, the clock, and for how long a tombstone is kept."""
        self._open_uow = open_uow
        self._clock = clock
        self._kept = kept
        self._forget_next = datetime.min.replace(tzinfo=UTC)

    def step(self) -> int:
        """Do what is due; return how many changes were numbered or dropped."""
        done = self._number()
        now = self._clock()
        if now >= self._forget_next:
            self._forget_next = now + _FORGET_EVERY
            done += self.forget(now - self._kept)
        return done

    def forget(self, before: datetime) -> int:
        """Drop the tombstones of before an instant."""
        with self._open_uow() as uow:
            dropped = uow.changes.forget(before)
            uow.commit()
        return dropped

    def _number(self) -> int:
        with self._open_uow() as uow:
            numbered = uow.changes.number(_AT_ONCE)
            uow.commit()
        return numbered
