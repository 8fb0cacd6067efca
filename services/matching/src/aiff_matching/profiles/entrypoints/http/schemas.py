"""Start-ups and needs as the interface accepts and shows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_contracts.codec import dump
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.profiles.domain.records import StartUp, StoredNeed


def startup_body(item: StartUp) -> dict[str, object]:
    """Return a start-up as it is sent."""
    return {
        "id": item.id,
        "version": item.version,
        "created_at": item.created_at,
        "updated_at": item.updated_at,
        "profile": dump(item.profile),
    }


def need_body(item: StoredNeed) -> dict[str, object]:
    """Return a need as it is sent."""
    return {
        "id": item.id,
        "startup_id": item.startup_id,
        "version": item.version,
        "created_at": item.created_at,
        "updated_at": item.updated_at,
        "need": dump(item.need),
    }


@dataclass(frozen=True, slots=True)
class StartUpView:
    """A stored start-up."""

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime
    profile: Profile


@dataclass(frozen=True, slots=True)
class NeedView:
    """A stored need."""

    id: UUID
    startup_id: UUID
    version: int
    created_at: datetime
    updated_at: datetime
    need: Need


@dataclass(frozen=True, slots=True)
class StartUpPage:
    """A page of start-ups."""

    items: tuple[StartUpView, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True)
class NeedPage:
    """A page of needs."""

    items: tuple[NeedView, ...]
    next: str | None
    prev: str | None
