"""Pairs of listings that are probably one offer, as they are kept and shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

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
