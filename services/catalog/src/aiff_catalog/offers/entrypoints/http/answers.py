"""Offers and organisations as those who write them are answered."""

from dataclasses import fields
from typing import Any

import orjson
from fastapi import Response

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.offers.domain.organisation import Provider
from aiff_catalog.offers.domain.pending import PendingRevision
from aiff_catalog.offers.entrypoints.http.schemas import WriterOffer
from aiff_catalog.shared.http.answers import PRIVATE, joined
from aiff_contracts.codec import dump_json
from aiff_kit.http import answered_with, versioned_etag

# What `written_offer` answers, as routes declare it.
WRITTEN: dict[int | str, dict[str, Any]] = {
    200: {"model": WriterOffer, **answered_with("ETag", "Location")}
}
_PENDING_FIELDS = tuple(field.name for field in fields(PendingRevision) if field.name != "content")


def written_offer(offer: Offer, status: int = 200) -> Response:
    """Return an offer as its writer sees it, with the version for the next change."""
    headers = {
        "ETag": versioned_etag(offer.version),
        "Location": f"/v1/offers/{offer.slug}",
        "Cache-Control": PRIVATE,
    }
    return Response(writer_view(offer), status, headers, media_type="application/json")


def writer_view(offer: Offer) -> bytes:
    """Return the JSON of an offer with its states, as nobody but writers needs it."""
    identity = {
        "id": str(offer.id),
        "kind": offer.working.details.kind,
        "state": offer.shown_state,
        "version": offer.version,
        "live_version": offer.live_version,
        "pending": _pending_view(offer),
        "created_at": offer.created_at,
        "updated_at": offer.updated_at,
        "published_at": offer.published_at,
        "withdrawn_at": offer.withdrawn_at,
        "withdrawal_reason": offer.withdrawal_reason,
        "former_slugs": offer.former_slugs,
        "merged_into": offer.merged_into,
    }
    return joined(dump_json(offer.working), orjson.dumps(identity, option=orjson.OPT_UTC_Z))


def _pending_view(offer: Offer) -> dict[str, Any] | None:
    text = offer.pending
    if text is None:
        return None
    return {name: getattr(text, name) for name in _PENDING_FIELDS}


def organisation_view(provider: Provider) -> bytes:
    """Return the JSON of an organisation with its version."""
    identity = {"version": provider.version, "updated_at": provider.updated_at}
    encoded = orjson.dumps(identity, option=orjson.OPT_UTC_Z)
    return joined(dump_json(provider.organisation), encoded)
