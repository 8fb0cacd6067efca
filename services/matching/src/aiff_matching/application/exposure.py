"""How much attention each provider gets in answers: measured beside the answers, judged daily."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock, Thread

import structlog

from aiff_kit.clock import Clock
from aiff_matching.application.ports import OpenUnitOfWork
from aiff_matching.domain.experience import attention, over_exposed, shares
from aiff_matching.domain.matching import Match

_WRITTEN_EVERY = timedelta(seconds=10)
_JUDGED_EVERY = timedelta(hours=1)
WINDOW_DAYS = 30
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ExposureReport:
    """Each provider's share of the attention since a day, and who is above the cap."""

    since: date
    cap: float
    shares: Mapping[str, float]
    over: frozenset[str]


class ExposureMeter:
    """Adds up what answers show, and writes it now and then in a thread of its own.

    What a killed process had not written is lost: seconds of a statistic, and no reader waits.
    """

    def __init__(self, unit_of_work: OpenUnitOfWork, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = unit_of_work
        self._clock = clock
        self._lock = Lock()
        self._added: Counter[str] = Counter()
        self._written_at = clock()

    def note(self, matches: Iterable[Match]) -> None:
        """Count what an answer shows to a reader."""
        found = attention(match.scored.assessment.candidate.provider for match in matches)
        with self._lock:
            self._added.update(found)
            due = self._clock() - self._written_at >= _WRITTEN_EVERY
        if due:
            Thread(target=self.write, daemon=True).start()

    def write(self) -> None:
        """Write what was added since the last time; a database that is away loses it."""
        with self._lock:
            added, self._added = self._added, Counter()
            self._written_at = now = self._clock()
        if not added:
            return
        try:
            with self._open() as uow:
                uow.exposure.add(now.date(), added)
                uow.commit()
        except Exception as error:  # noqa: BLE001 - a statistic never stops an answer.
            _log.warning("exposure was not written", reason=type(error).__name__)


class ExposureCap:
    """A worker's step that decides who yields near ties, and what staff read of it."""

    def __init__(self, unit_of_work: OpenUnitOfWork, cap: float, clock: Clock) -> None:
        """Keep what opens a transaction, the largest share that is fair, and the clock."""
        self._open = unit_of_work
        self._cap = cap
        self._clock = clock
        self._next: datetime | None = None

    def step(self) -> int:
        """Judge the last days now and then; return 1 when somebody else yields from now on."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return 0
        self._next = now + _JUDGED_EVERY
        since = _since(now)
        with self._open() as uow:
            uow.exposure.forget_before(since)
            measured = uow.exposure.since(since)
            changed = uow.exposure.yield_from_now(over_exposed(measured, self._cap))
            uow.commit()
        return int(changed)

    def report(self) -> ExposureReport:
        """Return the shares of the last days and who yields."""
        since = _since(self._clock())
        with self._open() as uow:
            measured, over = uow.exposure.since(since), uow.exposure.yielding()
        return ExposureReport(since, self._cap, shares(measured), over)


def _since(now: datetime) -> date:
    return now.date() - timedelta(days=WINDOW_DAYS)
