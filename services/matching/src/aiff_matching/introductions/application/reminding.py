"""What the clock does to introductions: reminders become due, unanswered requests expire."""

from aiff_kit.clock import Clock
from aiff_matching.introductions.application.announcing import announce
from aiff_matching.introductions.application.answering import next_best
from aiff_matching.introductions.application.evidence import EvidenceQueries
from aiff_matching.introductions.application.ports import OpenIntroductionsWork
from aiff_matching.introductions.domain.introductions import Introduction
from aiff_matching.introductions.domain.reminders import CLOCK, ticked
from aiff_matching.shared.errors import IntroductionNotFoundError, StaleVersionError

_A_STEP = 50


class IntroductionClock:
    """A worker's step. The change and its event are one transaction, so nothing is told twice."""

    def __init__(
        self, unit_of_work: OpenIntroductionsWork, evidence: EvidenceQueries, clock: Clock
    ) -> None:
        """Keep what opens a transaction, what judges offers, and the clock."""
        self._open = unit_of_work
        self._evidence = evidence
        self._clock = clock

    def step(self) -> int:
        """Change the requests that are due and return how many were looked at."""
        with self._open() as uow:
            due = uow.introductions.due(self._clock(), _A_STEP)
        for item in due:
            self._tick(item)
        return len(due)

    def _tick(self, item: Introduction) -> None:
        """Change one request; somebody who was faster is right."""
        now = self._clock()
        changed = ticked(item, now)
        try:
            with self._open() as uow:
                uow.introductions.save(changed)
                announce(uow, changed)
                if changed.state == "expired":
                    best = next_best(uow, self._evidence, changed)
                    uow.introductions.save(changed.with_proposals(best, CLOCK, now))
                uow.commit()
        except (StaleVersionError, IntroductionNotFoundError):
            return
