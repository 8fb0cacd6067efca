"""How much attention each provider gets in answers: measured beside the answers, judged daily."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiff_kit.clock import Clock
from aiff_kit.pace import Pace
from aiff_kit.tally import Tally
from aiff_matching.application.ports import OpenUnitOfWork
from aiff_matching.domain.experience import attention, over_exposed, shares
from aiff_matching.domain.matching import Match

_JUDGED_EVERY = timedelta(hours=1)
WINDOW_DAYS = 30


@dataclass(frozen=True, slots=True)
class ExposureReport:
    """Each provider's share of the attention since a day, and who is above the cap."""

    since: date
    cap: float
    shares: Mapping[str, float]
    over: frozenset[str]


class ExposureMeter:
    """Adds up what answers show first."""

    def __init__(self, unit_of_work: OpenUnitOfWork, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = unit_of_work
        self._tally = Tally(self._store, clock)

    def note(self, matches: Iterable[Match]) -> None:
        """Count what an answer shows to a reader."""
        shown = (match.scored.assessment.candidate.provider for match in matches)
        self._tally.add(attention(shown))

    def write(self) -> None:
        """Write what was counted since the last time."""
        self._tally.write()

    def _store(self, day: date, attention: Mapping[str, float]) -> None:
        with self._open() as uow:
            uow.exposure.add(day, attention)
            uow.commit()


class ExposureCap:
    """A worker's step that decides who yields near ties, and what staff read of it."""

    def __init__(self, unit_of_work: OpenUnitOfWork, cap: float, clock: Clock) -> None:
        """Keep what opens a transaction, the largest share that is fair, and the clock."""
        self._open = unit_of_work
        self._cap = cap
        self._clock = clock
        self._pace = Pace(_JUDGED_EVERY)

    def step(self) -> int:
        """Judge the last days now and then; return 1 when somebody else yields from now on."""
        now = self._clock()
        if self._pace.is_early(now):
            return 0
        since = _since(now)
        with self._open() as uow:
            uow.exposure.forget_before(since)
            measured = uow.exposure.since(since)
            changed = uow.exposure.yield_from_now(over_exposed(measured, self._cap))
            uow.commit()
        self._pace.done(now)
        return int(changed)

    def report(self) -> ExposureReport:
        """Return the shares of the last days and who yields."""
        since = _since(self._clock())
        with self._open() as uow:
            measured, over = uow.exposure.since(since), uow.exposure.yielding()
        return ExposureReport(since, self._cap, shares(measured), over)


def _since(now: datetime) -> date:
    return now.date() - timedelta(days=WINDOW_DAYS)
