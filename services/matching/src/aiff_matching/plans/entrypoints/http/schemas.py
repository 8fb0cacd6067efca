"""What a compute plan accepts and answers, as the OpenAPI document shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from aiff_contracts.language import Strict
from aiff_contracts.offer import (
    AccessUnit,
    Availability,
    Gpu,
    SovereigntyFacets,
    Text,
)
from aiff_contracts.offer.pricing import BillingPeriod
from aiff_matching.answers.entrypoints.http.schemas import (
    AmountView,
    CostView,
    CutOffView,
    HiddenView,
    OfferView,
    OptionView,
    RangeView,
)
from aiff_matching.plans.domain.combinations import Kind
from aiff_matching.plans.domain.pareto import Criterion, Optimality
from aiff_matching.plans.domain.plan import TimeBasis
from aiff_matching.plans.domain.planned import CostItem
from aiff_matching.plans.entrypoints.http.estimates import (
    EstimateView,
    FormulaView,
    GpuNameView,
    MemoryView,
    ServingView,
)
from aiff_matching.profiles.domain.need import Need, Preset
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.verdicts import Verdict

Answered = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest(Strict):
    """Who asks and for which project, as for matches; the need's compute part is planned."""

    profile: Profile = Profile()
    need: Need = Need()


@dataclass(frozen=True, slots=True)
class FitView:
    """Whether one demand on the hardware is met, and what a misfit would take."""

    code: str
    fits: Answered
    sentence: Text


@dataclass(frozen=True, slots=True)
class HardwareView:
    """The machine as the job sees it; `least_gpus` hold the model, each device with this memory."""

    gpu: Gpu | None
    cpu_architecture: str | None
    device_memory_gb: float | None
    least_gpus: int | None
    memory_per_device_gb: RangeView | None
    largest_job_gpus: int | None
    fit: tuple[FitView, ...]


@dataclass(frozen=True, slots=True)
class DaysView:
    """From the best case to the worst that published figures allow; `last` null is unknown."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class CutOffAheadView:
    """A cut-off ahead, when it gives access, and whether that is by the wanted start."""

    cut_off: CutOffView
    access: DaysView
    in_time: Answered | None


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """Access, work and end. `in_time` is about the wanted start, null where none is wanted."""

    access: DaysView
    in_time: Answered | None
    apply_by: CutOffView | None
    cut_offs: tuple[CutOffAheadView, ...]
    gpus: int | None
    work_days: RangeView | None
    finish: DaysView | None


@dataclass(frozen=True, slots=True)
class SideCostView:
    """A cost beside the hours; `amount` null is not published, which is not free."""

    item: CostItem
    amount: Decimal | None
    currency: str | None
    period: BillingPeriod | None
    included: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet that a preset asks about."""

    facet: str
    passes: Answered


@dataclass(frozen=True, slots=True)
class PresetView:
    """A preset: any one of its routes meets it, with all facets of that route."""

    preset: Preset
    met: Answered
    routes: tuple[tuple[FacetView, ...], ...]


@dataclass(frozen=True, slots=True)
class CertificateView:
    """Whether a certificate is held, in date and covers the GPU service today.

    In the order of `facts.certifications`, which has its dates and its evidence.
    """

    scheme: str
    scope: str | None
    in_force: Answered


@dataclass(frozen=True, slots=True)
class SovereigntyView:
    """All presets, the facts they rest on and the certificates. `asked` is the need's preset."""

    asked: Preset
    met: Answered
    presets: tuple[PresetView, ...]
    facts: SovereigntyFacets
    certificates: tuple[CertificateView, ...]


@dataclass(frozen=True, slots=True)
class SupportFactView:
    """One fact about support; `value` null is not published."""

    name: str
    label: Text
    value: object
    wished: bool
    good: Answered


@dataclass(frozen=True, slots=True)
class SeenView:
    """An observed availability; what has expired counts for nothing."""

    fact: Availability
    expired: bool


@dataclass(frozen=True, slots=True)
class MemberView:
    """A machine of a federation."""

    slug: str
    status: str
    gpus: int | None
    title: Text | None
    gpu_model: str | None
    stack: str | None


@dataclass(frozen=True, slots=True)
class StandingView:
    """Where the option stands over time, cost, sovereignty and support (Pareto).

    `possibly`: nothing surely beats it; `surely`: nothing can beat it; `no`: the options in
    `dominated_by` are surely better. `outranked_by` are better on what is published and exclude
    nothing. `best_in` lists the criteria in which no option can be better.
    """

    optimal: Optimality
    dominated_by: tuple[str, ...]
    outranked_by: tuple[str, ...]
    best_in: tuple[Criterion, ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class PlanOptionView:
    """One way to the hours. `standing` is null for what is refused or closed."""

    key: str
    offer: OfferView
    option: OptionView
    gpu_hours: RangeView | None
    conversion: FormulaView | None
    hardware: HardwareView
    serving: ServingView | None
    cost_per_million_tokens_eur: RangeView | None
    schedule: ScheduleView
    side_costs: tuple[SideCostView, ...]
    sovereignty: SovereigntyView
    support: tuple[SupportFactView, ...]
    availability: tuple[SeenView, ...]
    members: tuple[MemberView, ...]
    standing: StandingView | None


@dataclass(frozen=True, slots=True)
class PartView:
    """A share of the work (0 to 1) on one option, in that option's own unit."""

    key: str
    share: float
    verdict: Verdict
    gpu_hours: RangeView | None
    amount: AmountView | None
    cost: CostView
    begins: date | None
    subject_to_stock: bool
    gpus: int | None
    finish: DaysView | None


@dataclass(frozen=True, slots=True)
class TotalView:
    """A total in one unit; amounts in different units are never added.

    GPU hours and node hours are those of `gpu_model`, null where the option names none.
    """

    unit: AccessUnit
    gpu_model: str | None
    amount: RangeView


@dataclass(frozen=True, slots=True)
class MoneyTotalView:
    """A total in one currency."""

    currency: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class CombinationView:
    """Options in the order in which they begin; `uncovered` is the share without a place."""

    kind: Kind
    sentence: Text
    verdict: Verdict
    parts: tuple[PartView, ...]
    uncovered: float
    totals: tuple[TotalView, ...]
    costs: tuple[MoneyTotalView, ...]
    cost_is_complete: bool
    finish: DaysView | None


@dataclass(frozen=True, slots=True)
class MissingView:
    """An answer that would tell more; `concerns` counts the options that wait for it."""

    attribute: str
    question: Text
    concerns: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """A compute plan. `time_basis` says which day the comparison of time takes.

    `gpu_name` is null where the need names no GPU, `serving` where nothing is served.
    """

    gpu_name: GpuNameView | None
    estimate: EstimateView | None
    memory: MemoryView | None
    serving: ServingView | None
    options: tuple[PlanOptionView, ...]
    counts: dict[str, int]
    combinations: tuple[CombinationView, ...]
    hidden: tuple[HiddenView, ...]
    missing: tuple[MissingView, ...]
    time_basis: TimeBasis
    gpu_table_version: str
    evaluated_at: datetime
    catalogue_revision: int
