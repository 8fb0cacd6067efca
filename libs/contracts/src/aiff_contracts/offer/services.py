"""Training, incubation, expertise, resources and the network."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Money, Number, Text
from aiff_contracts.spelling.codes import Language

Level = Literal["beginner", "intermediate", "advanced", "executive"]
Modality = Literal["online", "on_site", "hybrid"]
ResourceType = Literal[
    "dataset", "model", "guide", "software", "course_material", "benchmark", "service"
]
Access = Literal["open", "registration", "on_request", "allocation", "restricted"]
_Billions = Annotated[Number, Gt(0), Le(100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Strict):
    """A course held once: days, place and seats (None: unknown, `seats_left` 0: full)."""

    starts: date
    ends: date | None = None
    place: Annotated[str, MaxLen(120)] | None = None
    language: Language | None = None
    modality: Modality | None = None
    seats: Annotated[int, Ge(0)] | None = None
    seats_left: Annotated[int, Ge(0)] | None = None

    def __post_init__(self) -> None:
        """Refuse an end before the start."""
        if self.ends is not None and self.ends < self.starts:
            message = "the session ends before it starts; correct the dates"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDetails(Strict):
    """A course; its sessions are objects of their own. None is unknown."""

    kind: Literal["training"] = "training"
    levels: tuple[Level, ...] | None = None
    modality: Modality | None = None
    hands_on: bool | None = None
    duration_hours: Annotated[Number, Ge(0)] | None = None
    topics: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    certificate: bool | None = None
    sessions: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EquityTaken(Strict):
    """Whether the programme takes a share of the company; "none" is not "unknown"."""

    basis: Literal["none", "taken", "unknown"] = "unknown"
    percent: Annotated[Number, Ge(0), Le(100)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort(Strict):
    """One intake of a programme: days, size and seats left (None: unknown)."""

    label: Annotated[str, MaxLen(120)] | None = None
    starts: date | None = None
    ends: date | None = None
    size: Annotated[int, Ge(0)] | None = None
    seats_left: Annotated[int, Ge(0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncubationDetails(Strict):
    """A programme; its cohorts are objects of their own. None is unknown."""

    kind: Literal["incubation"] = "incubation"
    selection: (
        Literal["open_call", "rolling", "recommendation", "prescriber", "committee"] | None
    ) = None
    duration_weeks: Annotated[Number, Ge(0)] | None = None
    open_ended: bool | None = None
    renewable: bool | None = None
    cohort_size: Annotated[int, Ge(0)] | None = None
    cohorts: tuple[Cohort, ...] = ()
    equity: EquityTaken = EquityTaken()
    pays_founder: bool | None = None
    in_kind_credits: Money | None = None
    location: Annotated[str, MaxLen(120)] | None = None
    modality: Modality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertiseDetails(Strict):
    """Help by people: support, engineering, legal and the like."""

    kind: Literal["expertise"] = "expertise"
    service: Literal["support", "engineering", "legal", "assessment", "sandbox", "network"]
    topics: tuple[str, ...] = ()
    engineer_hours: Annotated[Number, Ge(0)] | None = None
    duration_weeks: Annotated[Number, Ge(0)] | None = None
    modality: Modality | None = None
    location: Annotated[str, MaxLen(120)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceDetails(Strict):
    """Knowledge and tools to take away or to call: models, datasets, software, guides.

    `access`: open to everybody at once; after a registration; on request, which somebody
    decides; with an allocation on a machine; restricted to named groups. `parameters_b` are the
    sizes in which a model comes, in billions; `active_parameters_b` those that one token uses,
    in the same order. `size` is said in words, since tokens, hours of speech and gigabytes are
    not compared; `terms` are the conditions of access and use. None is unknown.
    """

    kind: Literal["resource"] = "resource"
    resource: ResourceType
    access: Access | None = None
    licence: Annotated[str, MaxLen(120)] | None = None
    size: Text | None = None
    parameters_b: Annotated[tuple[_Billions, ...], MinLen(1), MaxLen(20)] | None = None
    active_parameters_b: Annotated[tuple[_Billions, ...], MinLen(1), MaxLen(20)] | None = None
    formats: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    terms: Text | None = None

    def __post_init__(self) -> None:
        """Refuse active parameters that do not belong to the sizes one by one."""
        active, every = self.active_parameters_b, self.parameters_b
        if active is None:
            return
        if every is None or len(active) != len(every):
            message = "give active_parameters_b once for each of parameters_b, in the same order"
            raise ValueError(message)
        if any(used > whole for used, whole in zip(active, every, strict=True)):
            message = "more parameters are active than there are; exchange or correct them"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkDetails(Strict):
    """A node of the European network: who hosts it, whom it serves, what it runs on."""

    kind: Literal["network"] = "network"
    network: Literal[
        "ai_factory",
        "antenna",
        "cluster",
        "competence_centre",
        "innovation_hub",
        "programme",
        "platform",
        "association",
    ]
    wave: Annotated[int, Ge(1), Le(9)] | None = None
    countries: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    note: Text | None = None
