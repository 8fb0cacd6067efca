"""How much attention each provider gets in answers: measured beside the answers, judged daily."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from aiff_kit.clock import Clock
from aiff_kit.counters import BufferedCounter
from aiff_kit.throttle import Throttle
from aiff_matching.experience.domain import attention, over_exposed, shares
from aiff_matching.shared.ports import Work

_JUDGED_EVERY = timedelta(hours=1)
WINDOW_DAYS = 30


class Exposure(Protocol):
    """The attention that answers gave to providers, and who yields near ties to others."""

    def add(self, day: date, attention: Mapping[str, float]) -> None:
        """Add what a day's answers gave to providers."""

    def since(self, day: date) -> Mapping[str, float]:
        """Return the attention to each provider since a day."""

    def forget_before(self, day: date) -> None:
        """Forget what lies longer ago."""

    def yielding(self) -> frozenset[str]:
        """Return the providers that yield."""

    def yield_from_now(self, providers: frozenset[str]) -> bool:
        """Have exactly these yield; return whether others did before."""


class ExperienceWork(Work, Protocol):
    """What the use cases of exposure see of a transaction."""

    @property
    def exposure(self) -> Exposure:
        """Attention, and who yields."""


OpenExperienceWork = Callable[[], ExperienceWork]


@dataclass(frozen=True, slots=True)
class ExposureReport:
    """Each provider's share of the attention since a day, and who is above the cap.

    `most_lost` is the most that yielding takes off a score.
    """

    since: date
    cap: float
    most_lost: float
    shares: Mapping[str, float]
    over: frozenset[str]


class ExposureMeter:
    """Adds up what answers show first."""

    def __init__(self, unit_of_work: OpenExperienceWork, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = unit_of_work
        self._counter = BufferedCounter(self._store, clock)

    def note(self, providers: Iterable[str]) -> None:
        """Count whose offers an answer shows to a reader, the first ones first."""
        self._counter.add(attention(providers))

    def write(self) -> None:
        """Write what was counted since the last time."""
        self._counter.write()

    def _store(self, day: date, attention: Mapping[str, float]) -> None:
        with self._open() as uow:
            uow.exposure.add(day, attention)
            uow.commit()


class ExposureCap:
    """A worker's step that decides who yields near ties."""

    def __init__(self, unit_of_work: OpenExperienceWork, cap: float, clock: Clock) -> None:
        """Keep what opens a transaction, the largest share that is fair, and the clock."""
        self._open = unit_of_work
        self._cap = cap
        self._clock = clock
        self._throttle = Throttle(_JUDGED_EVERY)

    def step(self) -> int:
        """Judge the last days now and then; return 1 when somebody else yields from now on."""
        now = self._clock()
        if self._throttle.is_early(now):
            return 0
        since = _since(now)
        with self._open() as uow:
            uow.exposure.forget_before(since)
            measured = uow.exposure.since(since)
            changed = uow.exposure.yield_from_now(over_exposed(measured, self._cap))
            uow.commit()
        self._throttle.done(now)
        return int(changed)


class ExposureQueries:
    """What staff read of the attention that providers get."""

    def __init__(
        self, unit_of_work: OpenExperienceWork, cap: float, most_lost: float, clock: Clock
    ) -> None:
        """Keep what opens a transaction, the largest fair share, what is lost above it, a clock."""
        self._open = unit_of_work
        self._cap = cap
        self._most_lost = most_lost
        self._clock = clock

    def report(self) -> ExposureReport:
        """Return the shares of the last days and who yields."""
        since = _since(self._clock())
        with self._open() as uow:
            measured, over = uow.exposure.since(since), uow.exposure.yielding()
        return ExposureReport(since, self._cap, self._most_lost, shares(measured), over)


def _since(now: datetime) -> date:
    return now.date() - timedelta(days=WINDOW_DAYS)
