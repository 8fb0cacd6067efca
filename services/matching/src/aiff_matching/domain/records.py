"""Start-ups and their needs as they are kept: with an owner and a version."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from aiff_matching.domain.errors import StaleVersionError
from aiff_matching.domain.need import Need
from aiff_matching.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class StartUp:
    """A stored profile. `tenant` names whose it is: nobody else may see it."""

    id: UUID
    tenant: str
    profile: Profile
    version: int
    created_at: datetime
    updated_at: datetime

    def with_profile(self, profile: Profile, now: datetime) -> "StartUp":
        """Return the next version."""
        return replace(self, profile=profile, version=self.version + 1, updated_at=now)


@dataclass(frozen=True, slots=True)
class StoredNeed:
    """A stored need of a start-up."""

    id: UUID
    startup_id: UUID
    tenant: str
    need: Need
    version: int
    created_at: datetime
    updated_at: datetime

    def with_need(self, need: Need, now: datetime) -> "StoredNeed":
        """Return the next version."""
        return replace(self, need=need, version=self.version + 1, updated_at=now)


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


def check_version(current: int, expected: int | None) -> None:
    """Raise StaleVersionError unless the caller read the current version; None is any."""
    if expected is not None and expected != current:
        raise StaleVersionError(current)
