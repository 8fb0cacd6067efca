"""Introductions: the start-up's side, the provider's, the curators' and the clock's."""

from dataclasses import dataclass

from aiff_matching.answers.application.queries import MatchQueries
from aiff_matching.introductions.application.answering import (
    ReceivedIntroductions,
    UnresolvedIntroductions,
)
from aiff_matching.introductions.application.evidence import EvidenceQueries
from aiff_matching.introductions.application.introductions import IntroductionCommands
from aiff_matching.introductions.application.reminding import IntroductionClock
from aiff_matching.introductions.domain.follow_up import FollowUp
from aiff_matching.main.wiring.base import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionsParts:
    """The use cases of each side, and the worker's step."""

    commands: IntroductionCommands
    received: ReceivedIntroductions
    unresolved: UnresolvedIntroductions
    clock: IntroductionClock

    @property
    def for_routes(self) -> tuple[object, ...]:
        """Return what the routes call."""
        return self.commands, self.received, self.unresolved


def wire_introductions(
    base: Base, matches: MatchQueries, expires_after_days: int
) -> IntroductionsParts:
    """Return the parts of introductions."""
    evidence = EvidenceQueries(matches, base.clock)
    follow_up = FollowUp(expires=expires_after_days)
    return IntroductionsParts(
        commands=IntroductionCommands(base.unit_of_work, evidence, base.clock, follow_up),
        received=ReceivedIntroductions(base.unit_of_work, evidence, base.clock),
        unresolved=UnresolvedIntroductions(base.unit_of_work, evidence, base.clock),
        clock=IntroductionClock(base.unit_of_work, evidence, base.clock),
    )
