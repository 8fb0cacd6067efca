"""What the public reads of an offer: the whole document, and the summary for lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.shared.schedule import Period, schedule_of
from aiff_contracts.codec import dump, dump_json
from aiff_contracts.offer import (
    ComputeDetails,
    FundingDetails,
    IncubationDetails,
    OfferContent,
    OfferDocument,
    Organisation,
    TrainingDetails,
)

_CONTENT_FIELDS = tuple(field.name for field in fields(OfferContent))


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedOffer:
    """A published offer as it is stored for readers: bytes, and the calendar of its intake."""

    offer_id: UUID
    slug: str
    version: int
    body: bytes
    summary: bytes
    schedule: tuple[Period, ...]
    updated_at: datetime


def document_of(offer: Offer, organisations: Mapping[str, Organisation]) -> OfferDocument:
    """Return the public document of an offer that was published.

    `organisations` holds every organisation that the offer names, by slug.
    """
    if offer.published_at is None:
        message = f"the offer {offer.slug} was never published, so it has no public document"
        raise ValueError(message)
    content = {name: getattr(offer.text, name) for name in _CONTENT_FIELDS}
    named = dict.fromkeys(entry.organisation for entry in offer.text.organisations)
    return OfferDocument(
        **content,
        id=offer.id,
        version=offer.version,
        published_at=offer.published_at,
        updated_at=offer.updated_at,
        kind=offer.text.details.kind,
        organisation_details=tuple(organisations[slug] for slug in named),
    )


def render(document: OfferDocument) -> RenderedOffer:
    """Return the stored forms of a document."""
    return RenderedOffer(
        offer_id=document.id,
        slug=document.slug,
        version=document.version,
        body=dump_json(document),
        summary=orjson.dumps(summary_of(document)),
        schedule=schedule_of(document.intake),
        updated_at=document.updated_at,
    )


def summary_of(document: OfferDocument) -> dict[str, Any]:
    """Return the short form of a document for a list; null is unknown, as in the document."""
    return {
        "id": str(document.id),
        "slug": document.slug,
        "kind": document.kind,
        "version": document.version,
        "updated_at": dump(document.updated_at),
        "title": dump(document.title),
        "summary": dump(document.summary),
        "providers": _named(document, "provider"),
        "audience": document.audience,
        "sectors": document.sectors,
        "stages": document.stages,
        "territories": document.territories,
        "languages": document.languages,
        "url": document.url,
        "price_basis": document.pricing.basis,
        "highlights": _highlights(document),
    }


def _named(document: OfferDocument, role: str) -> Sequence[dict[str, str]]:
    slugs = [entry.organisation for entry in document.organisations if entry.role == role]
    names = {entry.slug: entry.name for entry in document.organisation_details}
    return [{"slug": slug, "name": names[slug]} for slug in dict.fromkeys(slugs)]


def _highlights(document: OfferDocument) -> dict[str, Any]:
    """Return the few facts of a kind that a reader compares in a list."""
    match document.details:
        case ComputeDetails() as compute:
            return {
                "nature": compute.nature,
                "system": compute.system,
                "gpu": None if compute.gpu is None else dump(compute.gpu),
                "status": compute.status,
            }
        case FundingDetails() as funding:
            return {
                "instruments": list(dict.fromkeys(c.instrument for c in funding.components)),
                "dilution": list(dict.fromkeys(c.dilution for c in funding.components)),
            }
        case TrainingDetails() as training:
            return {"modality": training.modality, "duration_hours": training.duration_hours}
        case IncubationDetails() as incubation:
            return {"location": incubation.location, "equity": incubation.equity.basis}
        case _:
            return {}
