"""Events between the services: the envelope (CloudEvents 1.0) and the registry of types.

A type is a fact in the past, in reverse-DNS form with its version. The data of a type and
version never changes once published (its JSON Schema is frozen under `schemas/`); a change
that a consumer must know of is a new version.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer import OfferDocument

PREFIX = "eu.aifactory-france"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPublished(Strict):
    """An offer became visible, or its visible content changed; the document is complete."""

    offer: OfferDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferWithdrawn(Strict):
    """An offer is no longer offered; its address answers 410 with the reason."""

    offer_id: UUID
    slug: Annotated[str, MinLen(2), MaxLen(80)]
    version: Annotated[int, Ge(1)]
    withdrawn_at: datetime
    reason: Annotated[str, MinLen(3), MaxLen(500)]


EventData = OfferPublished | OfferWithdrawn


@dataclass(frozen=True, slots=True)
class EventType:
    """A registered type: its full name, its topic and the class of its data."""

    name: str
    topic: str
    data: type[EventData]


# A topic of states is compacted: the last record of each key stays for ever, the others go.
STATE_SUFFIX = ".state"
DEAD_LETTER_SUFFIX = ".dead-letter"

OFFERS_TOPIC = "aiff.catalog.offers"
# The last event of each offer: whoever comes new reads it once from its beginning.
OFFERS_STATE_TOPIC = f"{OFFERS_TOPIC}{STATE_SUFFIX}"
STATE_TOPICS = {OFFERS_TOPIC: OFFERS_STATE_TOPIC}
OFFER_PUBLISHED = EventType(f"{PREFIX}.catalog.offer.published.v1", OFFERS_TOPIC, OfferPublished)
OFFER_WITHDRAWN = EventType(f"{PREFIX}.catalog.offer.withdrawn.v1", OFFERS_TOPIC, OfferWithdrawn)
REGISTRY: dict[str, EventType] = {entry.name: entry for entry in (OFFER_PUBLISHED, OFFER_WITHDRAWN)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact on its way: CloudEvents attributes plus the typed data.

    `key` is the aggregate's id and decides the order; `sequence` is the aggregate's version:
    a consumer ignores an event whose sequence is not above what it has seen for the key.
    """

    id: UUID
    type: str
    source: str
    key: str
    sequence: int
    time: datetime
    data: EventData
    traceparent: str | None = None
    request_id: str | None = None


def dead_letter_topic(topic: str) -> str:
    """Return the topic that shows which records of a topic a consumer could not handle."""
    return f"{topic}{DEAD_LETTER_SUFFIX}"


def topics_beside(topic: str) -> tuple[str, ...]:
    """Return a topic with those that belong to it: its states, where kept, and dead letters."""
    states = STATE_TOPICS.get(topic)
    return (topic, *([states] if states else []), dead_letter_topic(topic))
