"""The log of verdicts that were shown for stored needs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """One verdict that was shown for a stored need, with what it was made from."""

    id: UUID
    need_id: UUID
    need_version: int
    profile_hash: str
    offer_id: UUID
    offer_version: int
    verdict: str
    position: int
    shown_at: datetime
