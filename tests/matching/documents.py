"""Published offers and events for the tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from aiff_contracts.codec import parse
from aiff_contracts.events import (
    OFFER_PUBLISHED,
    OFFER_WITHDRAWN,
    Event,
    OfferPublished,
    OfferWithdrawn,
)
from aiff_contracts.offer import OfferDocument
from aiff_kit.ids import new_id

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STARTUP = {
    "organisation_type": "startup",
    "country": "FR",
    "sites": ["DEP-75"],
    "created_on": "2025-02-10",
    "headcount": 4,
    "turnover_eur": 100_000,
}


def both(text: str) -> dict[str, str]:
    return {"fr": text, "en": text}


def cmp(attribute: str, op: str, value: object, label: str = "règle") -> dict[str, Any]:
    return {
        "type": "cmp",
        "attribute": attribute,
        "op": op,
        "value": value,
        "label_fr": label,
        "label_en": label,
    }


def offer(slug: str, details: dict[str, Any], **content: Any) -> OfferDocument:
    provider = content.pop("provider", "genci")
    body = {
        "slug": slug,
        "title": both(content.pop("title", slug.replace("-", " "))),
        "summary": both(content.pop("summary", "offre d'essai")),
        "organisations": [{"organisation": provider, "role": "provider"}],
        "organisation_details": [
            {"slug": provider, "name": provider.title(), "type": "public_body", "country": "FR"}
        ],
        "intake": {"shape": "permanent"},
        "details": details,
        "sources": [{"label": "essai", "confidence": "sourced", "as_of": "2026-11-01"}],
        "id": str(offer_id(slug)),
        "version": 1,
        "published_at": "2026-11-20T00:00:00Z",
        "updated_at": "2026-11-20T00:00:00Z",
        "kind": details["kind"],
    }
    return parse(OfferDocument, body | content)


def offer_id(slug: str) -> UUID:
    return uuid5(NAMESPACE_URL, slug)


def grant(slug: str, rule: dict[str, Any] | None = None, **content: Any) -> OfferDocument:
    components = content.pop("components", [{"instrument": "grant", "dilution": "none"}])
    extra = content.pop("details", {})
    eligibility = {"rule": rule, "conditions": content.pop("conditions", [])}
    details = {"kind": "funding", "components": components, **extra}
    return offer(slug, details, eligibility=eligibility, **content)


def compute(slug: str, modes: list[dict[str, Any]] | None = None, **content: Any) -> OfferDocument:
    details = {
        "kind": "compute",
        "nature": "access_route",
        "sector": "public",
        "status": "operational",
        "access_modes": modes or [],
        **content.pop("details", {}),
    }
    return offer(slug, details, **content)


def mode(name: str, unit: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": both(name), "programme": "Programme", "unit": unit, **more}


def published(document: OfferDocument, sequence: int = 1) -> Event:
    return Event(
        id=new_id(),
        type=OFFER_PUBLISHED.name,
        source="/catalog",
        key=str(document.id),
        sequence=sequence,
        time=NOW,
        data=OfferPublished(offer=document),
    )


def withdrawn(document: OfferDocument, sequence: int) -> Event:
    data = OfferWithdrawn(
        offer_id=document.id,
        slug=document.slug,
        version=sequence,
        withdrawn_at=NOW,
        reason="terminée",
    )
    return Event(
        id=new_id(),
        type=OFFER_WITHDRAWN.name,
        source="/catalog",
        key=str(document.id),
        sequence=sequence,
        time=NOW,
        data=data,
    )
