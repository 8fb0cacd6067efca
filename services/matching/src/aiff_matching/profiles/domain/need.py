"""What one project of a start-up needs. None is unknown or not asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer import DataClass, Kind, Stage
from aiff_contracts.offer.funding import Instrument
from aiff_contracts.offer.services import Level as TrainingLevel
from aiff_contracts.offer.services import Modality
from aiff_contracts.spelling.codes import Language
from aiff_contracts.territory import canonical
from aiff_matching.shared.intervals import Amount, Measure, Ratio

Task = Literal[
    "pretraining",
    "continued_pretraining",
    "full_finetune",
    "lora",
    "qlora",
    "dpo",
    "inference",
    "simulation",
    "other",
]
Precision = Literal["fp64", "fp32", "bf16", "fp16", "fp8", "fp4", "int8", "int4"]
Preset = Literal["eu_hosted", "eu_controlled", "sovereign_strict", "none"]
Purpose = Literal["open_research", "innovation", "production"]
PermittedUse = Literal["civil", "dual", "defence"]
Topics = Annotated[tuple[Annotated[str, MinLen(1), MaxLen(80)], ...], MaxLen(20)]
Countries = Annotated[tuple[Annotated[str, MinLen(2), MaxLen(2)], ...], MinLen(1), MaxLen(40)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportWishes(Strict):
    """What support is wished for; what is left out is not asked for. Wishes refuse nothing."""

    languages: Annotated[tuple[Language, ...], MaxLen(10)] = ()
    first_reply_hours: Annotated[float, Ge(0), Le(10_000)] | None = None
    engineer_hours: Annotated[float, Ge(0), Le(100_000)] | None = None
    named_advisor: bool = False
    application_help: bool = False
    training_sessions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputeNeed(Strict):
    """GPU time for one project.

    `parameters_b` and `tokens_b` are in billions (for inference: tokens read and written, for
    dpo: those of both answers). A mixture of experts has a second count, `active_parameters_b`,
    of those that work on one token: hours follow from it, memory from `parameters_b`; where it
    is not given, all parameters count as active. Memory is in GB of one device as the job sees
    it; `gpu_hours` were measured on `gpu_model`, which is named as drivers, clouds or people
    write it; `cpu_architecture` lists what is accepted; `gpus_min` GPUs work on one job;
    `can_be_federated` says that one job may be spread over several machines.
    `context_tokens` is the length of a sequence and `batch_size` how many a device works on at
    once. A load to serve is `requests_per_second` of `tokens_per_request` tokens (read and
    written).
    """

    task: Task | None = None
    parameters_b: Annotated[float, Ge(0), Le(100_000)] | None = None
    active_parameters_b: Annotated[float, Ge(0), Le(100_000)] | None = None
    tokens_b: Annotated[float, Ge(0), Le(1_000_000)] | None = None
    precision: Precision | None = None
    context_tokens: Annotated[int, Ge(1), Le(100_000_000)] | None = None
    batch_size: Annotated[int, Ge(1), Le(1_000_000)] | None = None
    requests_per_second: Annotated[float, Gt(0), Le(1_000_000)] | None = None
    tokens_per_request: Annotated[float, Ge(1), Le(100_000_000)] | None = None
    framework: Annotated[str, MinLen(1), MaxLen(60)] | None = None
    stack: Literal["cuda", "rocm", "any"] | None = None
    cpu_architecture: (
        Annotated[tuple[Literal["x86_64", "aarch64"], ...], MinLen(1), MaxLen(2)] | None
    ) = None
    gpu_memory_gb_min: Annotated[float, Ge(0), Le(10_000)] | None = None
    gpus_min: Annotated[int, Ge(1), Le(200_000)] | None = None
    can_be_federated: bool | None = None
    gpu_hours: Measure | None = None
    gpu_model: Annotated[str, MinLen(1), MaxLen(60)] | None = None
    data_class: DataClass | None = None
    data_locations: Countries | None = None
    sovereignty: Preset = "none"
    start: date | None = None
    duration_months: Annotated[int, Ge(1), Le(120)] | None = None
    budget_eur: Amount | None = None
    purpose: Purpose | None = None
    permitted_use: PermittedUse | None = None
    support: SupportWishes = SupportWishes()

    def __post_init__(self) -> None:
        """Refuse places that nobody knows, and more active parameters than there are."""
        for code in self.data_locations or ():
            canonical(code)
        every, active = self.parameters_b, self.active_parameters_b
        if every is not None and active is not None and active > every:
            message = (
                "active_parameters_b is above parameters_b: those that work on one token are "
                "among all; exchange or correct them"
            )
            raise ValueError(message)

    @property
    def working_parameters_b(self) -> float | None:
        """Return the parameters that work on one token: all, where the active are not given."""
        return self.active_parameters_b or self.parameters_b


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingNeed(Strict):
    """Money for one project, in EUR."""

    amount_eur: Measure | None = None
    non_dilutive_only: bool = False
    instruments: Annotated[tuple[Instrument, ...], MinLen(1), MaxLen(20)] | None = None
    purpose: Annotated[str, MinLen(1), MaxLen(500)] | None = None
    project_cost_eur: Measure | None = None
    round_eur: Measure | None = None
    round_committed_ratio: Ratio | None = None
    needed_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNeed(Strict):
    """Skills to acquire."""

    topics: Topics = ()
    level: TrainingLevel | None = None
    language: Language | None = None
    modality: Modality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertiseNeed(Strict):
    """Help by people on these topics."""

    topics: Topics = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncubationNeed(Strict):
    """A programme to join; `no_equity` refuses one that takes a share of the company."""

    stage: Stage | None = None
    remote_ok: bool | None = None
    no_equity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Strict):
    """One project of one start-up. `kinds` narrows the answer to these kinds of offer.

    `project` names the project as `prior_aid` of the profile does, so that aid adds up.
    """

    title: Annotated[str, MinLen(1), MaxLen(200)] | None = None
    project: Annotated[str, MinLen(1), MaxLen(120)] | None = None
    description: Annotated[str, MaxLen(5000)] | None = None
    kinds: Annotated[tuple[Kind, ...], MinLen(1), MaxLen(7)] | None = None
    compute: ComputeNeed | None = None
    funding: FundingNeed | None = None
    training: TrainingNeed | None = None
    expertise: ExpertiseNeed | None = None
    incubation: IncubationNeed | None = None
    eu_project: bool | None = None
    consortium_size: Measure | None = None
    consortium_countries: Measure | None = None

    def wanted_kinds(self) -> frozenset[Kind]:
        """Return the kinds asked for: those named, else those described; empty means all."""
        if self.kinds is not None:
            return frozenset(self.kinds)
        described: dict[Kind, object] = {
            "compute": self.compute,
            "funding": self.funding,
            "training": self.training,
            "expertise": self.expertise,
            "incubation": self.incubation,
        }
        return frozenset(kind for kind, part in described.items() if part is not None)
