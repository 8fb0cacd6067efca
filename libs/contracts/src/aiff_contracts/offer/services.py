"""Training, incubation, expertise, resources and the network."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Money, Number, Text

Level = Literal["beginner", "intermediate", "advanced", "executive"]
Modality = Literal["online", "on_site", "hybrid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Strict):
    """A course held once: days, place and seats (None: unknown, `seats_left` 0: full)."""

    starts: date
    ends: date | None = None
    place: Annotated[str, MaxLen(120)] | None = None
    language: Annotated[str, MinLen(2), MaxLen(2)] | None = None
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
    """Knowledge to take away: datasets, models, guides."""

    kind: Literal["resource"] = "resource"
    resource: Literal["dataset", "model", "guide", "software", "course_material"]
    licence: Annotated[str, MaxLen(120)] | None = None
    formats: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


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
