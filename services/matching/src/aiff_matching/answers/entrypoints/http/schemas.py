"""What the HTTP interface accepts and answers, as the OpenAPI document shows it.

An answer holds hundreds of views. They are plain objects on purpose: orjson writes those ten
times as fast as objects with slots, and they are made three times as fast as frozen ones.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel, ConfigDict, Field

from aiff_contracts.language import Strict
from aiff_contracts.offer import AccessUnit, Delay, FundingComponent, IntakeStatus, Kind, Text
from aiff_contracts.offer.pricing import PriceBasis
from aiff_kit.http import MOST_ITEMS
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.verdicts import Verdict

Limit = Annotated[int, Ge(1), Le(MOST_ITEMS)]
Reference = Annotated[str, MinLen(1), MaxLen(80)]
Weight = Annotated[float, Ge(0), Le(100)]
# How the first matches are arranged; left out, they stand in the one order of their scores.
Group = Literal["verdict"]
Action = Literal["apply", "prepare", "seek_recommendation", "ask", "watch", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Strict):
    """The weight of each criterion; one that is left out keeps its default, 0 switches it off."""

    text: Weight | None = None
    verdict: Weight | None = None
    kind: Weight | None = None
    fit: Weight | None = None
    gpus: Weight | None = None
    support: Weight | None = None
    ratings: Weight | None = None
    stage: Weight | None = None
    sector: Weight | None = None
    territory: Weight | None = None
    cost: Weight | None = None
    delay: Weight | None = None
    freshness: Weight | None = None
    history: Weight | None = None
    exposure: Weight | None = None

    def complete(self) -> dict[str, float]:
        """Return all weights."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return DEFAULT_WEIGHTS | given


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRequest(Strict):
    """A question: who asks, for what. `kinds` narrows the answer; nothing is stored.

    Matches stand in the order of their scores, those that a rule refuses last. `group=verdict`
    arranges the same matches by verdict, in each group in the same order. `offers` (ids or slugs)
    asks about these offers only: no other one is judged or counted, `next_question` is about them,
    and `hidden` says how many of them are not published.
    """

    profile: Profile = Profile()
    need: Need = Need()
    weights: Weights = Weights()
    kinds: Annotated[tuple[Kind, ...], MinLen(1), MaxLen(7)] | None = None
    offers: Annotated[tuple[Reference, ...], MinLen(1), MaxLen(20)] | None = None
    limit: Limit = 20
    group: Group | None = None


class MatchParameters(BaseModel):
    """The parameters of a stored need's matches; `group=verdict` arranges them by verdict."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(default=20, ge=1, le=MOST_ITEMS)
    group: Group | None = None


@dataclass
class OfferView:
    """Which offer; the catalogue has the rest at `/v1/offers/{slug}`."""

    id: UUID
    slug: str
    kind: Kind
    title: Text
    summary: Text
    provider: str
    url: str | None
    version: int


@dataclass
class ContributionView:
    """What one criterion adds to the score; `known` false: the neutral middle was taken."""

    criterion: str
    value: float
    weight: float
    contribution: float
    known: bool


@dataclass
class ReasonView:
    """One point. Points with the same `alternative` are alternatives: one of them is enough."""

    code: str
    attribute: str | None
    sentence: Text
    op: str | None
    limit: object
    value: Text | None
    gap: float | None
    source: str | None
    alternative: str | None


@dataclass
class ReasonsView:
    """All points by how they turned out."""

    passing: tuple[ReasonView, ...]
    failing: tuple[ReasonView, ...]
    unknown: tuple[ReasonView, ...]
    conditions: tuple[Text, ...]


@dataclass
class ChangeView:
    """Another value of one attribute; `from_day` for one that time brings."""

    attribute: str
    op: str
    limit: object
    from_day: date | None


@dataclass
class CounterfactualView:
    """Changes that together undo a refusal; `complete` false: answers would still be missing."""

    sentence: Text
    complete: bool
    changes: tuple[ChangeView, ...]


@dataclass
class RangeView:
    """A number known within bounds; `high` null has no upper end."""

    low: float
    high: float | None


@dataclass
class SizeView:
    """The possible EU size classes, the figures that count and how they came about."""

    classes: tuple[str, ...]
    headcount: RangeView
    turnover_eur: RangeView
    balance_sheet_eur: RangeView
    steps: tuple[Text, ...]


@dataclass
class AmountView:
    """What is needed in the programme's own unit; `high` null has no upper end.

    `rests_on` says from how many published runs an estimate comes, null for a measurement.
    """

    unit: AccessUnit
    low: float
    high: float | None
    estimated: bool
    rests_on: Text | None


@dataclass
class QuotaView:
    """The programme's bounds in the same unit; null is not published."""

    minimum: int | None
    maximum: int | None
    unbounded: bool


@dataclass
class CostView:
    """What the hours cost; amounts null are unknown, never zero."""

    basis: PriceBasis
    low: str | None
    high: str | None
    currency: str | None
    note: Text | None


@dataclass
class CutOffView:
    """The next closing or cut-off."""

    on: date
    at: str | None
    timezone: str


@dataclass
class OptionView:
    """One way into a compute offer; `id` null where the offer lists no access modes."""

    id: str | None
    name: Text | None
    programme: str | None
    verdict: Verdict
    if_open: Verdict
    intake_status: IntakeStatus
    next_cut_off: CutOffView | None
    amount: AmountView | None
    quota: QuotaView | None
    durations_months: tuple[int, ...] | None
    delay: Delay | None
    earliest_start: date | None
    cost: CostView
    reasons: ReasonsView
    counterfactuals: tuple[CounterfactualView, ...]


@dataclass
class MatchView:
    """One offer of the answer. `if_open` is the verdict if applications were taken.

    `deadline` is the first closing or cut-off ahead, of the offer or of one of its options; null
    where none is published.
    """

    offer: OfferView
    verdict: Verdict
    if_open: Verdict
    sentence: Text
    intake_status: IntakeStatus
    deadline: CutOffView | None
    action: Action
    score: float
    contributions: tuple[ContributionView, ...]
    reasons: ReasonsView
    counterfactuals: tuple[CounterfactualView, ...]
    options: tuple[OptionView, ...]
    components: tuple[FundingComponent, ...]


@dataclass
class HiddenView:
    """How many offers are left out for one reason."""

    reason: str
    count: int
    sentence: Text


@dataclass
class ChoiceView:
    """A possible answer: the code that a profile takes, and its words."""

    code: str
    label: Text


@dataclass
class QuestionView:
    """The answer that would settle most; `concerns` counts the undecided offers at the top."""

    attribute: str
    question: Text
    choices: tuple[ChoiceView, ...]
    unit: str
    concerns: int


@dataclass
class AnswerView:
    """The answer to a question. `counts` covers all offers that are not hidden.

    `company_size` null: no answer narrows it.
    `degraded` says that texts were compared by their words alone, without their meaning.
    """

    items: tuple[MatchView, ...]
    counts: dict[str, int]
    hidden: tuple[HiddenView, ...]
    next_question: QuestionView | None
    company_size: SizeView | None
    weights: dict[str, float]
    evaluated_at: datetime
    catalogue_revision: int
    degraded: bool
