"""How well needs are covered: worked out by the worker, never while somebody reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from aiff_contracts.offer import Kind
from aiff_kit.clock import Clock
from aiff_kit.throttle import Throttle
from aiff_matching.coverage.domain import CoverageCount, CoverageFigure, JudgedNeed
from aiff_matching.offers.application.ports import LiveCatalogue
from aiff_matching.rules.domain.verdicts import VERDICTS, Verdict
from aiff_matching.shared.errors import NoCoverageError
from aiff_matching.shared.ports import Work
from aiff_matching.watching.application.ports import Watching
from aiff_matching.watching.domain.watched import (
    NeedKey,
)

_EVERY = timedelta(hours=1)
_NEEDS_A_STEP = 200
_KEPT = timedelta(days=400)


class Coverage(Protocol):
    """The figures of how well needs are covered."""

    def owners(self, needs: Sequence[UUID]) -> Mapping[UUID, UUID]:
        """Return the start-ups of needs that exist."""

    def put(self, day: date, figures: Sequence[CoverageFigure]) -> None:
        """Replace the figures of a day."""

    def of(self, day: date | None) -> tuple[date, Sequence[CoverageFigure]] | None:
        """Return the figures of a day, of the newest one for None."""

    def forget_before(self, day: date) -> None:
        """Forget what lies longer ago."""


class CoverageWork(Work, Protocol):
    """What the use cases of coverage see of a transaction."""

    @property
    def coverage(self) -> Coverage:
        """The figures."""

    @property
    def watching(self) -> Watching:
        """How offers stand for needs."""


OpenCoverageWork = Callable[[], CoverageWork]


@dataclass(slots=True)
class _Counting:
    """A count that is under way: the needs that are still to be added."""

    keys: Sequence[NeedKey]
    count: CoverageCount


class CoverageCounting:
    """A worker's step that counts how well needs are covered.

    What a need gets was judged when the offer or the need changed; here it is only added up.
    """

    def __init__(
        self, unit_of_work: OpenCoverageWork, catalogue: LiveCatalogue, clock: Clock
    ) -> None:
        """Keep what opens a transaction, the catalogue and the clock."""
        self._open = unit_of_work
        self._catalogue = catalogue
        self._clock = clock
        self._counting: _Counting | None = None
        self._throttle = Throttle(_EVERY)

    def step(self) -> int:
        """Add some needs up, or store the figures of the day; each hour anew."""
        now = self._clock()
        if self._counting is None:
            if self._throttle.is_early(now):
                return 0
            with self._open() as uow:
                self._counting = _Counting(uow.watching.keys(), CoverageCount())
            self._throttle.done(now)
        part, self._counting.keys = (
            self._counting.keys[:_NEEDS_A_STEP],
            self._counting.keys[_NEEDS_A_STEP:],
        )
        if part:
            self._add(part, self._counting.count)
            return len(part)
        self._store(self._counting.count, now)
        self._counting = None
        return 1

    def _add(self, keys: Sequence[NeedKey], count: CoverageCount) -> None:
        with self._open() as uow:
            for judged in _judged(uow, keys, self._kinds()):
                count.add(judged)

    def _store(self, count: CoverageCount, now: datetime) -> None:
        with self._open() as uow:
            uow.coverage.put(now.date(), tuple(count.figures()))
            uow.coverage.forget_before((now - _KEPT).date())
            uow.commit()

    def _kinds(self) -> Mapping[UUID, Kind]:
        return {
            candidate.offer.id: candidate.offer.kind
            for candidate in self._catalogue.current().candidates
        }


class CoverageQueries:
    """What staff read of how well needs are covered."""

    def __init__(self, unit_of_work: OpenCoverageWork) -> None:
        """Keep what opens a transaction."""
        self._open = unit_of_work

    def of(self, day: date | None) -> tuple[date, Sequence[CoverageFigure]]:
        """Return the figures of a day, of the newest without one; NoCoverageError: none."""
        with self._open() as uow:
            figures = uow.coverage.of(day)
        if figures is None:
            raise NoCoverageError(day)
        return figures


def _judged(
    uow: CoverageWork, keys: Sequence[NeedKey], kinds: Mapping[UUID, Kind]
) -> Iterator[JudgedNeed]:
    ids = [key.id for key in keys]
    owners = uow.coverage.owners(ids)
    best: dict[UUID, dict[Kind, Verdict]] = {need_id: {} for need_id in ids}
    for (need_id, offer_id), (_, state) in uow.watching.of_needs(ids).items():
        kind = kinds.get(offer_id)
        if kind is not None:
            known = best[need_id].get(kind, state.verdict)
            best[need_id][kind] = min(known, state.verdict, key=VERDICTS.index)
    for watched in uow.watching.read(keys):
        need_id = watched.key.id
        if need_id in owners:
            yield JudgedNeed(
                startup_id=owners[need_id],
                profile=watched.profile,
                kinds=watched.need.wanted_kinds(),
                verdicts=best[need_id],
            )
