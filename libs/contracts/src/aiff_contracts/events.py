"""Events between the services: the envelope (CloudEvents 1.0) and the registry of types.

A type is a fact in the past, in reverse-DNS form with its version. The data of a type and
version never changes once published (its JSON Schema is frozen under `schemas/`); a change
that a consumer must know of is a new version.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer import OfferDocument
from aiff_contracts.vocabulary import VocabularyEntry

PREFIX = "eu.aifactory-france"

Slug = Annotated[str, MinLen(2), MaxLen(80)]
IntroductionState = Literal[
    "requested",
    "seen",
    "taking_care",
    "done",
    "done_no_help",
    "not_reachable",
    "declined",
    "withdrawn",
    "expired",
]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyPublished(Strict):
    """A new edition of a vocabulary holds; its entries are complete, and the older ones end.

    The key is the name, the sequence the edition.
    """

    name: Annotated[str, MinLen(2), MaxLen(40)]
    edition: Annotated[int, Ge(1)]
    published_at: datetime
    entries: tuple[VocabularyEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionRequested(Strict):
    """A start-up asked the provider of an offer for an introduction; who it is stays private."""

    introduction_id: UUID
    offer_id: UUID
    provider: Slug
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionStateChanged(Strict):
    """A request for an introduction moved on: seen, taken care of, ended."""

    introduction_id: UUID
    offer_id: UUID
    provider: Slug
    state: IntroductionState
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionReminderDue(Strict):
    """A provider has to be reminded of a request that waits; `reminder` counts from 1.

    `waiting_since` is when it was asked, or taken care of.
    """

    introduction_id: UUID
    offer_id: UUID
    provider: Slug
    state: IntroductionState
    reminder: Annotated[int, Ge(1)]
    waiting_since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionRated(Strict):
    """A start-up rated an introduction; the key is the offer, the sequence its ratings' count.

    `mean` is that of all ratings of the offer, from 1 to 5.
    """

    offer_id: UUID
    provider: Slug
    count: Annotated[int, Ge(1)]
    mean: Annotated[float, Ge(1), Le(5)]
    rated_at: datetime


Verdict = Literal["eligible", "to_confirm", "unknown", "closed", "not_eligible"]
MatchChange = Literal[
    "opened",
    "verdict_changed",
    "option_added",
    "closing_soon",
    "opens_soon",
    "entered_top",
    "terms_changed",
    "closed",
    "lost",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchProposed(Strict):
    """An offer became a match for a stored need; ids only, whose they are is matching's."""

    need_id: UUID
    startup_id: UUID
    offer_id: UUID
    offer_slug: Annotated[str, MinLen(2), MaxLen(80)]
    verdict: Verdict
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchChanged(Strict):
    """A match of a stored need changed; `verdict` is absent where the offer is no match now."""

    need_id: UUID
    startup_id: UUID
    offer_id: UUID
    offer_slug: Annotated[str, MinLen(2), MaxLen(80)]
    change: MatchChange
    verdict: Verdict | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDue(Strict):
    """The owner of a stored need is to be told of these alerts, the best first.

    `tenant` is the owner as the gateway names it (an id, `org:` or `sub:`); `total` counts all
    the alerts of the period, of which `alerts` names the first.
    """

    digest_id: UUID
    need_id: UUID
    startup_id: UUID
    tenant: Annotated[str, MinLen(5), MaxLen(160)]
    frequency: Literal["immediate", "daily", "weekly"]
    alerts: Annotated[tuple[UUID, ...], MinLen(1), MaxLen(100)]
    total: Annotated[int, Ge(1)]
    due_at: datetime


EventData = (
    OfferPublished
    | OfferWithdrawn
    | VocabularyPublished
    | IntroductionRequested
    | IntroductionStateChanged
    | IntroductionReminderDue
    | IntroductionRated
    | MatchProposed
    | MatchChanged
    | DigestDue
)


@dataclass(frozen=True, slots=True)
class EventType:
    """A registered type: its full name, its topic and the class of its data.

    A `superseded` type is sent no more. What was sent of it is still read, by the class of the
    newer version, which therefore only adds what may be left out.
    """

    name: str
    topic: str
    data: type[EventData]
    superseded: bool = False


# A topic of states is compacted: the last record of each key stays for ever, the others go.
STATE_SUFFIX = ".state"
DEAD_LETTER_SUFFIX = ".dead-letter"

OFFERS_TOPIC = "aiff.catalog.offers"
# The last event of each offer: whoever comes new reads it once from its beginning.
OFFERS_STATE_TOPIC = f"{OFFERS_TOPIC}{STATE_SUFFIX}"
VOCABULARIES_TOPIC = "aiff.catalog.vocabularies"
VOCABULARIES_STATE_TOPIC = f"{VOCABULARIES_TOPIC}{STATE_SUFFIX}"
STATE_TOPICS = {
    OFFERS_TOPIC: OFFERS_STATE_TOPIC,
    VOCABULARIES_TOPIC: VOCABULARIES_STATE_TOPIC,
}
OFFER_PUBLISHED = EventType(f"{PREFIX}.catalog.offer.published.v2", OFFERS_TOPIC, OfferPublished)
OFFER_PUBLISHED_V1 = EventType(
    f"{PREFIX}.catalog.offer.published.v1", OFFERS_TOPIC, OfferPublished, superseded=True
)
OFFER_WITHDRAWN = EventType(f"{PREFIX}.catalog.offer.withdrawn.v1", OFFERS_TOPIC, OfferWithdrawn)
VOCABULARY_PUBLISHED = EventType(
    f"{PREFIX}.catalog.vocabulary.published.v1", VOCABULARIES_TOPIC, VocabularyPublished
)
INTRODUCTIONS_TOPIC = "aiff.matching.introductions"
# Ratings are ordered by offer, the other events of introductions by introduction.
RATINGS_TOPIC = "aiff.matching.ratings"
INTRODUCTION_REQUESTED = EventType(
    f"{PREFIX}.matching.introduction.requested.v1", INTRODUCTIONS_TOPIC, IntroductionRequested
)
INTRODUCTION_STATE_CHANGED = EventType(
    f"{PREFIX}.matching.introduction.state_changed.v1",
    INTRODUCTIONS_TOPIC,
    IntroductionStateChanged,
)
INTRODUCTION_REMINDER_DUE = EventType(
    f"{PREFIX}.matching.introduction.reminder_due.v1",
    INTRODUCTIONS_TOPIC,
    IntroductionReminderDue,
)
INTRODUCTION_RATED = EventType(
    f"{PREFIX}.matching.introduction.rated.v1", RATINGS_TOPIC, IntroductionRated
)
# Keyed by the need: the news of one need keep their order.
MATCHES_TOPIC = "aiff.matching.matches"
MATCH_PROPOSED = EventType(f"{PREFIX}.matching.match.proposed.v1", MATCHES_TOPIC, MatchProposed)
MATCH_CHANGED = EventType(f"{PREFIX}.matching.match.changed.v1", MATCHES_TOPIC, MatchChanged)
DIGEST_DUE = EventType(f"{PREFIX}.matching.digest.due.v1", MATCHES_TOPIC, DigestDue)
REGISTRY: dict[str, EventType] = {
    entry.name: entry
    for entry in (
        OFFER_PUBLISHED,
        OFFER_PUBLISHED_V1,
        OFFER_WITHDRAWN,
        VOCABULARY_PUBLISHED,
        INTRODUCTION_REQUESTED,
        INTRODUCTION_STATE_CHANGED,
        INTRODUCTION_REMINDER_DUE,
        INTRODUCTION_RATED,
        MATCH_PROPOSED,
        MATCH_CHANGED,
        DIGEST_DUE,
    )
}


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
