"""The offer as a whole, and the document that the public and the other services read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, MaxLen, MinLen
from pydantic import BeforeValidator, Discriminator

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import (
    Audience,
    Claim,
    Contact,
    Kind,
    OrganisationRole,
    Slug,
    Source,
    Stage,
    SupportQuality,
    Text,
    Url,
    checked_slug,
    checked_url,
)
from aiff_contracts.offer.compute import ComputeDetails
from aiff_contracts.offer.eligibility import Eligibility
from aiff_contracts.offer.funding import FundingDetails
from aiff_contracts.offer.intake import Intake, UnknownIntake
from aiff_contracts.offer.pricing import Pricing
from aiff_contracts.offer.services import (
    ExpertiseDetails,
    IncubationDetails,
    NetworkDetails,
    ResourceDetails,
    TrainingDetails,
)
from aiff_contracts.rules import Rule
from aiff_contracts.sectors import stored_sectors
from aiff_contracts.spelling.codes import Language, seen_text
from aiff_contracts.territory import canonical

Details = Annotated[
    ComputeDetails
    | TrainingDetails
    | FundingDetails
    | IncubationDetails
    | ExpertiseDetails
    | ResourceDetails
    | NetworkDetails,
    Discriminator("kind"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferContent(Strict):
    """Everything that a curator writes about one offer.

    `audience`, `sectors`, `stages`, `territories` and `languages` are None where unknown;
    `("any",)` in sectors or stages is the stated fact that there is no restriction.
    `sectors` may be NAF codes too (see `aiff_contracts.nomenclatures.naf`).
    `territories` are codes that `aiff_contracts.territory` knows; they are stored canonical.
    """

    slug: Slug
    title: Text
    summary: Text
    description: Text | None = None
    organisations: Annotated[tuple[OrganisationRole, ...], MinLen(1), MaxLen(20)]
    audience: tuple[Audience, ...] | None = None
    sectors: tuple[str, ...] | None = None
    stages: tuple[Stage, ...] | None = None
    territories: tuple[str, ...] | None = None
    languages: tuple[Language, ...] | None = None
    keywords: Annotated[tuple[Annotated[str, BeforeValidator(seen_text)], ...], MaxLen(40)] = ()
    url: Url | None = None
    contact: Contact | None = None
    support: SupportQuality | None = None
    pricing: Pricing = Pricing()
    intake: Intake = UnknownIntake()
    eligibility: Eligibility = Eligibility()
    details: Details
    sources: Annotated[tuple[Source, ...], MinLen(1), MaxLen(40)]
    claims: tuple[Claim, ...] = ()
    review_by: date | None = None

    def __post_init__(self) -> None:
        """Check the references and store territory codes in their canonical form."""
        checked_slug(self.slug)
        checked_url(self.url)
        if not any(entry.role == "provider" for entry in self.organisations):
            message = "no organisation has the role provider; name the one that offers it"
            raise ValueError(message)
        if self.sectors is not None:
            object.__setattr__(self, "sectors", stored_sectors(self.sectors))
        if self.territories is not None:
            stored = tuple(canonical(code) for code in self.territories)
            object.__setattr__(self, "territories", stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Strict):
    """An organisation that provides, operates, hosts or funds offers."""

    slug: Slug
    name: Annotated[str, MinLen(2), MaxLen(160)]
    type: Annotated[str, MinLen(2), MaxLen(40)]
    country: Annotated[str, MinLen(2), MaxLen(2)]
    url: Url | None = None
    description: Text | None = None

    def __post_init__(self) -> None:
        """Refuse a bad slug or a relative address."""
        checked_slug(self.slug)
        checked_url(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDocument(OfferContent):
    """A published offer as everybody reads it: the content, its identity and its version.

    `version` grows by one with every change; `organisation_details` holds the organisations
    that `organisations` names, so that a reader need not ask for them.
    """

    id: UUID
    version: Annotated[int, Ge(1)]
    published_at: datetime
    updated_at: datetime
    kind: Kind
    organisation_details: tuple[Organisation, ...]

    def __post_init__(self) -> None:
        """Refuse a kind that is not that of the details: readers tell offers apart by either."""
        OfferContent.__post_init__(self)
        if self.kind != self.details.kind:
            message = f"kind is {self.kind}, but the details are those of {self.details.kind}"
            raise ValueError(message)


def rules_of(offer: OfferContent) -> Iterator[tuple[str, Rule]]:
    """Yield each rule of an offer with its place: its own, and those of its access modes."""
    if offer.eligibility.rule is not None:
        yield "/eligibility/rule", offer.eligibility.rule
    details = offer.details
    for index, mode in enumerate(
        details.access_modes if isinstance(details, ComputeDetails) else ()
    ):
        if mode.eligibility.rule is not None:
            yield f"/details/access_modes/{index}/eligibility/rule", mode.eligibility.rule
