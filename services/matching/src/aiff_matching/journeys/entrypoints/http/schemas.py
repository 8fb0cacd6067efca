"""A journey as it is asked and answered."""

from dataclasses import dataclass
from datetime import date, datetime

from aiff_contracts.language import Strict
from aiff_contracts.offer import FundingComponent, IntakeStatus, Text
from aiff_matching.answers.entrypoints.http.schemas import (
    Action,
    AmountView,
    CostView,
    CounterfactualView,
    CutOffView,
    OfferView,
    ReasonsView,
    Weights,
)
from aiff_matching.journeys.domain.stages import Stage
from aiff_matching.journeys.domain.steps import PrerequisiteKind, StageStatus, Why
from aiff_matching.plans.entrypoints.http.schemas import Answered, DaysView
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyRequest(Strict):
    """Who asks and for which project; nothing is stored. `weights` order offers as in an answer."""

    profile: Profile = Profile()
    need: Need = Need()
    weights: Weights = Weights()


@dataclass(frozen=True, slots=True)
class WayView:
    """The access mode of a step to compute; `id` null where the offer lists none."""

    id: str | None
    name: Text | None
    programme: str | None
    amount: AmountView | None
    cost: CostView


@dataclass(frozen=True, slots=True)
class TimingView:
    """When to apply, when it begins and ends, in days of Paris.

    `apply` is when one can: its last day is null where it depends on what is not known. `opens`
    and `apply_by` bound the period that is used, `later` are cut-offs after it. `in_time` says
    whether the step begins by `deadline`, the project's own.
    """

    apply: DaysView
    opens: CutOffView | None
    apply_by: CutOffView | None
    later: tuple[CutOffView, ...]
    begins: DaysView
    ends: DaysView | None
    deadline: date | None
    in_time: Answered | None


@dataclass(frozen=True, slots=True)
class PrerequisiteView:
    """What has to be done before a step; `step` is the one that does it."""

    kind: PrerequisiteKind
    sentence: Text
    step: str | None


@dataclass(frozen=True, slots=True)
class AlternativeView:
    """What could take a step's place, and why it is second."""

    offer: OfferView
    way: WayView | None
    verdict: Verdict
    if_open: Verdict
    score: float | None
    why: Text


@dataclass(frozen=True, slots=True)
class JourneyStepView:
    """One step. `job` is what it does within its stage; amounts keep the programme's own unit."""

    id: str
    position: int
    stage: Stage
    job: str
    offer: OfferView
    way: WayView | None
    verdict: Verdict
    if_open: Verdict
    sentence: Text
    intake_status: IntakeStatus
    action: Action
    timing: TimingView
    requires: tuple[PrerequisiteView, ...]
    components: tuple[FundingComponent, ...]
    reasons: ReasonsView
    cautions: tuple[Text, ...]
    alternatives: tuple[AlternativeView, ...]


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """An offer that is no step, and why; `step` is the one that it gives way to."""

    offer: OfferView
    stage: Stage
    why: Why
    sentence: Text
    step: str | None
    counterfactuals: tuple[CounterfactualView, ...]


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage with its steps; for a gap what comes nearest and what would change the answer."""

    stage: Stage
    title: Text
    status: StageStatus
    sentence: Text
    steps: tuple[str, ...]
    nearest: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class ToClarifyView:
    """A question to clarify first, and the steps that wait for its answer."""

    attribute: str
    question: Text
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JourneyView:
    """An ordered plan; `needs_registration` says that steps wait for the company to exist.

    `degraded` says that texts were compared by their words alone.
    """

    steps: tuple[JourneyStepView, ...]
    stages: tuple[StageView, ...]
    left_out: tuple[LeftOutView, ...]
    to_clarify: tuple[ToClarifyView, ...]
    needs_registration: bool
    degraded: bool
    today: date
    evaluated_at: datetime
    catalogue_revision: int
