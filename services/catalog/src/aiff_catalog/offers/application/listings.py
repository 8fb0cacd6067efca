"""Lists of offers in any state, as curators and partners work through them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from aiff_catalog.offers.domain.offer import LiveState
from aiff_catalog.offers.domain.pending import PendingState

# `queue`: what waits for a reviewer, oldest first. `changed`: everything, newest change first.
Order = Literal["queue", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingQuery:
    """Which offers, after which place (an instant and an id), how many.

    `partner` is the organisation that provides the offer first, `reviewer` who has it in review.
    `limited_to` leaves only what an organisation provides.
    """

    order: Order
    limit: int
    state: LiveState | None = None
    pending_state: PendingState | None = None
    kind: str | None = None
    partner: str | None = None
    reviewer: str | None = None
    limited_to: str | None = None
    after: tuple[datetime, UUID] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An offer in such a list. `title` is that of the text that editors work on."""

    id: UUID
    slug: str
    kind: str
    partner: str
    state: LiveState
    pending_state: PendingState | None
    version: int
    title: dict[str, Any]
    updated_at: datetime
    waiting_since: datetime | None
    reviewer: str | None
    publish_at: datetime | None
