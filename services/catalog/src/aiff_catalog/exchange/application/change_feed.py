"""The changes that others follow: each offer's last one, in an order that never grows backwards.

A change is noted in the transaction that makes it and gets its position afterwards, from one
numberer at a time. So whoever has read up to a position has missed nothing below it, however
many writers commit in whatever order (ADR 0026).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_catalog.offers.domain.offer import LiveState


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferChange:
    """The last change of an offer; `document` is what the public reads, None for a tombstone."""

    position: int
    offer_id: UUID
    slug: str
    version: int
    state: LiveState
    reason: str | None
    at: datetime
    document: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRead:
    """Changes after a position, oldest first, as they were at one moment.

    `newest` is the last position given; `forgotten` is that of the last tombstone that was
    dropped: who stands before it may still hold an offer that is gone.
    """

    newest: int
    forgotten: int
    changes: tuple[OfferChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """Where the catalogue stands: the last position given, and when readers saw a change last."""

    newest: int
    forgotten: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a follower stands: a position, and the tombstones forgotten when it began empty."""

    position: int
    forgotten: int

    def is_lost(self, read: ChangesRead) -> bool:
        """Tell whether the follower may hold what is gone, or stands where nothing ever was."""
        behind = self.position < read.forgotten and self.forgotten < read.forgotten
        return behind or self.position > read.newest
