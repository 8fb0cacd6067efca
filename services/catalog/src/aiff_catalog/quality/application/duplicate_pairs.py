"""Pairs of listings that are probably one offer, as they are kept and shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.domain.likeness import LikenessPart

PairState = Literal["open", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two listings that are probably one offer, the one that was there first first."""

    id: UUID
    first: UUID
    second: UUID
    score: float
    parts: tuple[LikenessPart, ...]
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """Who said when that a pair is two offers, and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedListing:
    """A listing of a pair as curators read it."""

    id: UUID
    slug: str
    title: dict[str, Any]
    partner: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A pair with its two listings; `dismissed` is null while it is open."""

    id: UUID
    kind: str
    score: float
    parts: tuple[LikenessPart, ...]
    found_at: datetime
    first: PairedListing
    second: PairedListing
    dismissed: Dismissal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairQuery:
    """Which pairs, after which place (score and id), how many."""

    limit: int
    state: PairState = "open"
    kind: str | None = None
    after: tuple[float, str] | None = None


class DuplicateStore(Protocol):
    """Pairs and what was looked at, inside a unit of work."""

    def due(self, changed_before: datetime, looked_before: datetime, limit: int) -> Sequence[Offer]:
        """Return listings that changed since they were looked at, or were not for long."""

    def note(self, offer: Offer, at: datetime) -> None:
        """Note that a listing was looked at in its version."""

    def replace(self, offer_id: UUID, found: Sequence[Pair]) -> None:
        """Make these the pairs of a listing; what was dismissed stays so."""

    def forget(self, offer_id: UUID) -> None:
        """Forget the pairs of a listing that is gone."""

    def page(self, query: PairQuery) -> Sequence[PairView]:
        """Return pairs of listings that are not archived, the likest first."""

    def dismiss(self, pair_id: UUID, dismissal: Dismissal) -> bool:
        """Note a decision; False where there is no such pair."""

    def reopen(self, pair_id: UUID) -> bool:
        """Forget a decision; False where there is no such pair."""

    def of_pair(self, pair_id: UUID) -> Sequence[UUID]:
        """Return the listings of a pair; none where it is unknown."""

    def twins(self, offer_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Return those of the listings that are in an open pair."""
