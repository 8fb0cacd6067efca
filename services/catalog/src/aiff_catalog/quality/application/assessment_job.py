"""The quality of every listing, kept beside it: assessed after a change and again each night."""

from datetime import timedelta

from aiff_catalog.quality.application.assessing import store_quality
from aiff_catalog.quality.application.ports import OpenQuality
from aiff_kit.clock import Clock
from aiff_kit.throttle import Throttle

_A_STEP = 100
_LOOKED_EVERY = timedelta(seconds=2)
# Between two looks at everything, only what changed lately is looked at.
_ALL_EVERY = timedelta(hours=1)
_LATELY = timedelta(minutes=10)
# What a text says grows old by itself.
_HOLDS = timedelta(days=1)


class AssessmentJob:
    """A worker's step."""

    def __init__(self, open_uow: OpenQuality, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = open_uow
        self._clock = clock
        self._throttle, self._pace_of_all = Throttle(_LOOKED_EVERY), Throttle(_ALL_EVERY)

    def step(self) -> int:
        """Assess some listings that changed or whose assessment is a day old."""
        now = self._clock()
        if self._throttle.is_early(now):
            return 0
        everything = not self._pace_of_all.is_early(now)
        changed_since = None if everything else now - _LATELY
        with self._open() as uow:
            due = uow.quality.due(now - _HOLDS, changed_since, _A_STEP)
            store_quality(uow, due, now)
            uow.commit()
        # A full batch has more behind it.
        if len(due) < _A_STEP:
            self._throttle.done(now)
            if everything:
                self._pace_of_all.done(now)
        return len(due)
