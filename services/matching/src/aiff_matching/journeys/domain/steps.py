"""The parts of a journey."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from aiff_contracts.offer import FundingComponent, Intake, IntakeStatus, OfferDocument, Text
from aiff_matching.answers.domain.counterfactuals import Counterfactual
from aiff_matching.answers.domain.explanation import Reasons
from aiff_matching.answers.domain.matching import Match
from aiff_matching.journeys.domain.stages import Role, Stage
from aiff_matching.journeys.domain.timing import Timing
from aiff_matching.offers.domain.catalogue import Candidate
from aiff_matching.plans.domain.planned import Planned
from aiff_matching.rules.domain.verdicts import Decision

PrerequisiteKind = Literal[
    "offer", "registration", "recommendation", "prescriber", "knowledge", "experience"
]
StageStatus = Literal["covered", "gap", "not_asked", "not_yet"]
Why = Literal["excluded", "too_late", "not_eligible", "closed", "other_stage"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What may become a step: an offer that was matched, or a planned way to compute."""

    key: str
    role: Role
    candidate: Candidate
    decision: Decision
    status: IntakeStatus
    intake: Intake
    reasons: Reasons
    counterfactuals: tuple[Counterfactual, ...]
    score: float | None
    match: Match | None = None
    planned: Planned | None = None

    @property
    def offer(self) -> OfferDocument:
        """Return the offer."""
        return self.candidate.offer

    @property
    def components(self) -> tuple[FundingComponent, ...]:
        """Return the parts of a funding offer that the need accepts."""
        return self.match.scored.assessment.components if self.match else ()


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """What has to be done before a step; `step` is the key of the step that does it, if any."""

    kind: PrerequisiteKind
    sentence: Text
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """The next best choice for a step, and why it is not the first."""

    choice: Choice
    sentence: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what, when, what has to come before, and what could take its place."""

    choice: Choice
    timing: Timing
    prerequisites: tuple[Prerequisite, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    cautions: tuple[Text, ...] = ()

    @property
    def key(self) -> str:
        """Return the step's name, which the same offer always has."""
        return self.choice.key

    @property
    def stage(self) -> Stage:
        """Return the stage."""
        return self.choice.role.stage


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A choice that is not a step, and why; `step` is the step that it gives way to."""

    choice: Choice
    why: Why
    sentence: Text
    step: str | None = None


@dataclass(frozen=True, slots=True)
class StageReport:
    """Whether a stage is covered; for a gap what came nearest, and what would change it."""

    stage: Stage
    status: StageStatus
    sentence: Text
    nearest: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class ToClarify:
    """A question whose answer settles steps of the journey."""

    attribute: str
    question: Text
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """The whole answer. `registration` says that steps wait for the company to be created."""

    steps: tuple[Step, ...]
    stages: tuple[StageReport, ...]
    left_out: tuple[LeftOut, ...]
    clarify: tuple[ToClarify, ...]
    registration: bool
    degraded: bool
    today: date
    evaluated_at: datetime
    revision: int
