"""Offers as rows of their table, the same for writers (SQLAlchemy) and readers (drivers)."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import orjson

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.offers.domain.pending import PendingRevision
from aiff_catalog.shared.authorship import first_provider
from aiff_catalog.shared.reading import instant, optional_instant
from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.offer import OfferContent
from aiff_contracts.sparing import spared

COLUMNS = (
    "id",
    "state",
    "version",
    "live_version",
    "text_version",
    "content",
    "pending",
    "created_at",
    "updated_at",
    "published_at",
    "withdrawn_at",
    "withdrawal_reason",
    "merged_into",
)


def stored_text(text: bytes) -> dict[str, Any]:
    """Return the content in a stored text, be it a live one or a pending revision around it."""
    stored: dict[str, Any] = _read(text)
    content: dict[str, Any] = stored["content"] if "editors" in stored else stored
    return content


def _read(text: bytes) -> Any:
    """Read what was stored, also an integer that only Python can hold."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def readable_offers(
    rows: Iterable[Mapping[str, Any]], aside: Callable[[Mapping[str, Any]], object], work: str
) -> list[Offer]:
    """Return the offers of rows; each that cannot be read is told, and given to `aside`."""
    offers = []
    for row in rows:
        read = spared(work, str(row["id"]), partial(offer_of, row, ()), None)
        if read is None:
            aside(row)
        else:
            offers.append(read)
    return offers


def offer_of(row: Mapping[str, Any], former_slugs: Sequence[str]) -> Offer:
    """Return the offer of a row with at least the columns above."""
    return Offer(
        id=UUID(str(row["id"])),
        state=row["state"],
        version=row["version"],
        live_version=row["live_version"],
        text_version=row["text_version"],
        content=None if row["content"] is None else parse_json(OfferContent, row["content"]),
        pending=None if row["pending"] is None else parse_json(PendingRevision, row["pending"]),
        former_slugs=tuple(former_slugs),
        created_at=instant(row["created_at"]),
        updated_at=instant(row["updated_at"]),
        published_at=optional_instant(row["published_at"]),
        withdrawn_at=optional_instant(row["withdrawn_at"]),
        withdrawal_reason=row["withdrawal_reason"],
        merged_into=None if row["merged_into"] is None else UUID(str(row["merged_into"])),
    )


def _readable(kind: type[Any], value: object) -> bytes:
    """Return a text as it is stored; Faults where it could not be read back."""
    raw = dump_json(value)
    parse_json(kind, raw)
    return raw


def row_of(stored: Offer) -> dict[str, Any]:
    """Return the columns of an offer, without its id."""
    text = stored.pending
    return {
        "slug": stored.slug,
        "kind": stored.text.details.kind,
        "partner": first_provider(stored.text),
        "state": stored.state,
        "version": stored.version,
        "live_version": stored.live_version,
        "text_version": stored.text_version,
        "content": None if stored.content is None else _readable(OfferContent, stored.content),
        "created_at": stored.created_at,
        "updated_at": stored.updated_at,
        "published_at": stored.published_at,
        "withdrawn_at": stored.withdrawn_at,
        "withdrawal_reason": stored.withdrawal_reason,
        "merged_into": stored.merged_into,
        "pending": None if text is None else _readable(PendingRevision, text),
        "pending_state": None if text is None else text.state,
        "waiting_since": None if text is None else text.waiting_since,
        "reviewer": None if text is None else text.reviewer,
        "publish_at": None if text is None else text.publish_at,
    }
