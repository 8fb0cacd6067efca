"""What the questions need of the outside, in plain values."""

from collections.abc import Callable, Iterable
from typing import Protocol

from aiff_matching.answers.domain.decisions import ShownDecision
from aiff_matching.profiles.application.ports import Needs, StartUps
from aiff_matching.shared.ports import Work


class Decisions(Protocol):
    """The log of verdicts shown for stored needs."""

    def record(self, decisions: Iterable[ShownDecision]) -> None:
        """Store what was shown."""


class AnswersWork(Work, Protocol):
    """What questions of stored needs see of a transaction."""

    @property
    def startups(self) -> StartUps:
        """Start-ups."""

    @property
    def needs(self) -> Needs:
        """Their needs."""

    @property
    def decisions(self) -> Decisions:
        """The log of what was shown."""


OpenAnswersWork = Callable[[], AnswersWork]
