"""The quality of every listing, kept beside it: assessed after a change and again each night.

Curators work through the list, worst first; who works on a listing says so by a claim.
"""

from collections.abc import Sequence
from datetime import timedelta

from aiff_catalog.offers.application.changing import found
from aiff_catalog.quality.application.assessing import qualities, store_quality
from aiff_catalog.quality.application.assessments import WorkItem, WorkQuery
from aiff_catalog.quality.application.ports import OpenQuality
from aiff_catalog.quality.domain.checks import Quality
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import ClaimedError
from aiff_kit.clock import Clock
from aiff_kit.pace import Pace

_A_STEP = 100
_LOOKED_EVERY = timedelta(seconds=2)
# Between two looks at everything, only what changed lately is looked at.
_ALL_EVERY = timedelta(hours=1)
_LATELY = timedelta(minutes=10)
# What a text says grows old by itself.
_HOLDS = timedelta(days=1)


class QualityRounds:
    """A worker's step, and what curators do with its results."""

    def __init__(self, open_uow: OpenQuality, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = open_uow
        self._clock = clock
        self._pace, self._pace_of_all = Pace(_LOOKED_EVERY), Pace(_ALL_EVERY)

    def step(self) -> int:
        """Assess some listings that changed or whose assessment is a day old."""
        now = self._clock()
        if self._pace.is_early(now):
            return 0
        everything = not self._pace_of_all.is_early(now)
        changed_since = None if everything else now - _LATELY
        with self._open() as uow:
            due = uow.quality.due(now - _HOLDS, changed_since, _A_STEP)
            store_quality(uow, due, now)
            uow.commit()
        # A full batch has more behind it.
        if len(due) < _A_STEP:
            self._pace.done(now)
            if everything:
                self._pace_of_all.done(now)
        return len(due)

    def worst(self, query: WorkQuery) -> Sequence[WorkItem]:
        """Return listings with findings, the worst first."""
        with self._open() as uow:
            return uow.quality.worst(query)

    def of(self, reference: str, by: Authorship) -> Quality:
        """Return what the checks find now in the text that editors work on."""
        with self._open() as uow:
            (quality,) = qualities(uow, [found(uow, reference, by)], self._clock())
        return quality

    def claim(self, reference: str, by: Authorship) -> None:
        """Say that the author works on a listing; ClaimedError where somebody else does."""
        now = self._clock()
        with self._open() as uow:
            offer = found(uow, reference, by)
            holder = uow.quality.claim(offer.id, by.author, now)
            if holder != by.author:
                raise ClaimedError(offer.slug, holder)
            uow.commit()

    def release(self, reference: str, by: Authorship) -> None:
        """Give a listing back; any curator may, so that none is held for ever."""
        with self._open() as uow:
            uow.quality.release(found(uow, reference, by).id)
            uow.commit()
