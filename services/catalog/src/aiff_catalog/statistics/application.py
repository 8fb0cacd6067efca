"""Statistics for staff and funders: worked out by the worker, never while somebody reads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from aiff_catalog.shared.errors import NoStatisticsError
from aiff_catalog.shared.ports import UnitOfWork
from aiff_catalog.statistics.domain import REVIEWS_OF, Figure, HistoryStep, Listed, figures
from aiff_kit.clock import Clock
from aiff_kit.counters import BufferedCounter
from aiff_kit.throttle import Throttle

_EVERY = timedelta(hours=1)
_SEARCHES_OF = timedelta(days=30)
_LONGEST_TEXT = 120


class StatisticsStore(Protocol):
    """What figures are made of, and the figures of each day, inside a unit of work."""

    def listed(self) -> Iterable[Listed]:
        """Return all offers as they are counted."""

    def steps_since(self, instant: datetime) -> Iterable[HistoryStep]:
        """Return the history since an instant, in the order of each offer's numbers."""

    def put(self, day: date, figures: Sequence[Figure]) -> None:
        """Replace the figures of a day."""

    def of(self, day: date | None) -> tuple[date, Sequence[Figure]] | None:
        """Return the figures of a day, of the newest one for None."""

    def count_unanswered(self, day: date, counts: Mapping[str, float]) -> None:
        """Add to how often texts were asked without a result."""

    def unanswered(self) -> Mapping[str, int]:
        """Return the texts that enough asked for without a result, the most asked first."""

    def forget_unanswered_before(self, day: date) -> None:
        """Forget what lies longer ago."""


class StatisticsUnitOfWork(UnitOfWork, Protocol):
    """A transaction over what is counted."""

    @property
    def statistics(self) -> StatisticsStore:
        """Return what is counted, and the figures."""


OpenStatistics = Callable[[], StatisticsUnitOfWork]


class UnansweredSearches:
    """Counts the texts for which nobody was found."""

    def __init__(self, open_uow: OpenStatistics, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = open_uow
        self._counter = BufferedCounter(self._store, clock)

    def note(self, text: str) -> None:
        """Count a text, whatever its case and spaces."""
        words = " ".join(text.lower().split())[:_LONGEST_TEXT]
        if words:
            self._counter.add({words: 1})

    def write(self) -> None:
        """Write what was counted since the last time."""
        self._counter.write()

    def _store(self, day: date, counts: Mapping[str, float]) -> None:
        with self._open() as uow:
            uow.statistics.count_unanswered(day, counts)
            uow.commit()


class StatisticsJob:
    """A worker's step that works out the figures of the day."""

    def __init__(self, open_uow: OpenStatistics, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = open_uow
        self._clock = clock
        self._throttle = Throttle(_EVERY)

    def step(self) -> int:
        """Replace the figures of today each hour; return 1 when that was done."""
        now = self._clock()
        if self._throttle.is_early(now):
            return 0
        with self._open() as uow:
            store = uow.statistics
            store.forget_unanswered_before((now - _SEARCHES_OF).date())
            # A review that was decided lately may have begun long before.
            steps = store.steps_since(now - 2 * REVIEWS_OF)
            store.put(now.date(), [*figures(store.listed(), steps, store.unanswered(), now)])
            uow.commit()
        self._throttle.done(now)
        return 1


class StatisticsQueries:
    """What staff and funders read."""

    def __init__(self, open_uow: OpenStatistics) -> None:
        """Keep what opens a transaction."""
        self._open = open_uow

    def of(self, day: date | None) -> tuple[date, Sequence[Figure]]:
        """Return the figures of a day, of the newest without one; NoStatisticsError without any."""
        with self._open() as uow:
            figures_of_day = uow.statistics.of(day)
        if figures_of_day is None:
            raise NoStatisticsError(day)
        return figures_of_day
