"""Start-ups and their needs as they are kept: with an owner and a version."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class StartUp:
    """A stored profile. `tenant` names whose it is: nobody else may see it."""

    id: UUID
    tenant: str
    profile: Profile
    version: int
    created_at: datetime
    updated_at: datetime

    def owned_by(self, tenant: str, now: datetime) -> "StartUp":
        """Return the next version, which is another tenant's."""
        return replace(self, tenant=tenant, version=self.version + 1, updated_at=now)

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
