"""GPUs: machines, clouds, access routes and federations, with their access modes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import (
    Delay,
    Number,
    Slug,
    Text,
    Url,
    checked_slug,
    checked_url,
)
from aiff_contracts.offer.eligibility import Eligibility
from aiff_contracts.offer.intake import Intake, UnknownIntake
from aiff_contracts.offer.pricing import Pricing

AccessUnit = Literal["gpu_hour", "normalised_gpu_hour", "node_hour", "eur"]
DataClass = Literal["public", "personal", "health", "secret"]
Exposure = Literal["none_known", "possible", "yes", "unknown"]
Scheme = Literal["SecNumCloud", "HDS", "ISO27001", "C5", "ENS", "GaiaX", "SOC2", "PCI-DSS", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu(Strict):
    """The accelerator as a job sees it. None is unknown.

    `model` is a key of the GPU equivalence table (for example `H100-SXM`, `MI250X`).
    `memory_gb` is the card's memory, `device_memory_gb` what one device shows to a job: an
    MI250X is 128 GB in two devices of 64 GB.
    """

    model: Annotated[str, MinLen(2), MaxLen(60)]
    vendor: Literal["nvidia", "amd", "intel", "other"] | None = None
    stack: Literal["cuda", "rocm", "oneapi"] | None = None
    memory_gb: Annotated[Number, Ge(1)] | None = None
    device_memory_gb: Annotated[Number, Ge(1)] | None = None
    devices_per_gpu: Annotated[int, Ge(1), Le(16)] | None = None
    count: Annotated[int, Ge(1)] | None = None
    per_node: Annotated[int, Ge(1), Le(64)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessMode(Strict):
    """One way to get hours: a quota in the programme's own unit, a delay, an intake, rules.

    Quotas in different units are never compared; `minimum` and `maximum` None are unknown
    unless `unbounded` says that the programme sets no upper limit.
    """

    id: Slug
    name: Text
    programme: Annotated[str, MinLen(2), MaxLen(120)]
    unit: AccessUnit
    minimum: Annotated[int, Ge(0)] | None = None
    maximum: Annotated[int, Ge(0)] | None = None
    unbounded: bool = False
    quota_scope: Text | None = None
    durations_months: tuple[Annotated[int, Ge(1), Le(120)], ...] | None = None
    delay: Delay | None = None
    intake: Intake = UnknownIntake()
    eligibility: Eligibility = Eligibility()
    pricing: Pricing = Pricing()
    selection: Text | None = None

    def __post_init__(self) -> None:
        """Refuse bounds that cannot hold together."""
        checked_slug(self.id)
        low, high = self.minimum, self.maximum
        if low is not None and high is not None and low > high:
            message = "the minimum is above the maximum; exchange or correct them"
            raise ValueError(message)
        if self.unbounded and high is not None:
            message = "an unbounded mode has no maximum; remove one of the two"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability(Strict):
    """A volatile fact that expires: what the operator or a collector saw at a moment."""

    state: Literal["open", "scarce", "closed", "unknown"]
    region: Annotated[str, MaxLen(60)] | None = None
    queue_hours: Annotated[Number, Ge(0)] | None = None
    observed_at: datetime
    expires_at: datetime | None = None
    source: Annotated[str, MinLen(2), MaxLen(500)]

    def __post_init__(self) -> None:
        """Refuse instants without an offset: a local time says nothing to another country."""
        for instant in (self.observed_at, self.expires_at):
            if instant is not None and instant.tzinfo is None:
                message = "give the instant with its offset, for example 2026-10-01T00:00:00Z"
                raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification(Strict):
    """A certificate of a service in regions with dates; never of a company as a whole.

    `covers_gpu` says whether the certified scope includes the GPU service offered here; None
    is unknown and never passes a strict preset.
    """

    scheme: Scheme
    state: Literal["held", "in_progress", "expired"]
    version: Annotated[str, MaxLen(40)] | None = None
    scope: Annotated[str, MaxLen(300)] | None = None
    covers_gpu: bool | None = None
    regions: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    evidence_url: Url | None = None
    verified_by: Annotated[str, MaxLen(120)] | None = None
    verified_at: date | None = None

    def __post_init__(self) -> None:
        """Refuse a relative address of the evidence."""
        checked_url(self.evidence_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class SovereigntyFacets(Strict):
    """Facets, not a boolean. None and "unknown" never pass a strict preset.

    Countries are ISO 3166 codes, `EU` for the Union as a whole. `data_locations` lists where
    data may be held; `ultimate_owner` is the country of the final holder of control.
    """

    data_locations: tuple[str, ...] | None = None
    operator_hq: str | None = None
    ultimate_owner: str | None = None
    operator_type: Literal["public", "private"] | None = None
    non_eu_law_exposure: Exposure = "unknown"
    certifications: tuple[Certification, ...] = ()
    seal_level: Annotated[int, Ge(0), Le(4)] | None = None
    permitted_use: Literal["civil", "dual", "defence", "unknown"] = "unknown"
    end_user_restrictions: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected(Strict):
    """When a planned machine is expected, as a source says it; never a promise."""

    earliest: date | None = None
    text: Text
    source: Annotated[str, MinLen(2), MaxLen(500)]
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FederationMember(Strict):
    """A machine that takes part in a federation (`offer` is its slug)."""

    offer: Slug
    status: Literal["active", "planned", "unknown"] = "unknown"
    gpus: Annotated[int, Ge(1)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputeDetails(Strict):
    """A machine's partition, a cloud instance, an access route, credits, or a federation."""

    kind: Literal["compute"] = "compute"
    nature: Literal["machine", "cloud", "access_route", "credits", "federation"]
    sector: Literal["public", "private"]
    system: Annotated[str, MaxLen(120)] | None = None
    partition: Annotated[str, MaxLen(120)] | None = None
    gpu: Gpu | None = None
    cpu_architecture: Literal["x86_64", "aarch64"] | None = None
    nodes: Annotated[int, Ge(1)] | None = None
    interconnect: Annotated[str, MaxLen(120)] | None = None
    peak: Annotated[str, MaxLen(120)] | None = None
    largest_job_gpus: Annotated[int, Ge(1)] | None = None
    regions: tuple[str, ...] = ()
    status: Literal["operational", "deploying", "planned", "on_sale", "quote_only", "unknown"]
    expected: Expected | None = None
    access_modes: tuple[AccessMode, ...] = ()
    availability: tuple[Availability, ...] = ()
    sovereignty: SovereigntyFacets = SovereigntyFacets()
    credits_exclude: tuple[str, ...] = ()
    members: tuple[FederationMember, ...] = ()
    joint_gpus_minimum: Annotated[int, Ge(1)] | None = None
    joint_gpus_maximum: Annotated[int, Ge(1)] | None = None

    def __post_init__(self) -> None:
        """Refuse a federation without members and two access modes of one name."""
        if self.nature == "federation" and len(self.members) < 2:  # noqa: PLR2004
            message = "a federation groups at least two machines; list its members"
            raise ValueError(message)
        names = [mode.id for mode in self.access_modes]
        if len(names) != len(set(names)):
            message = "two access modes have the same id; rename one"
            raise ValueError(message)
