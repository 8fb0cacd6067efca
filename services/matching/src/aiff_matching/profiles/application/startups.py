"""Start-ups: create, read, replace, patch, delete; only their owner sees them."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiff_contracts.codec import dump, parse
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id
from aiff_kit.merge_patch import merged
from aiff_matching.profiles.application.ports import OpenProfilesWork
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.profiles.domain.records import StartUp
from aiff_matching.shared.versions import Target, check_version


class StartUpCommands:
    """The use cases of start-ups."""

    def __init__(self, unit_of_work: OpenProfilesWork, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = unit_of_work
        self._clock = clock

    def create(self, profile: Profile, tenant: str) -> StartUp:
        """Store a new start-up of the tenant."""
        now = self._clock()
        startup = StartUp(new_id(), tenant, profile, 1, now, now)
        with self._open() as uow:
            uow.startups.add(startup)
            uow.commit()
        return startup

    def get(self, target: Target) -> StartUp:
        """Return a start-up, or raise StartUpNotFoundError."""
        with self._open() as uow:
            return uow.startups.get(target.id, target.tenant)

    def page(self, tenant: str, after: str, limit: int) -> Sequence[StartUp]:
        """Return the tenant's start-ups after an id."""
        with self._open() as uow:
            return uow.startups.page(tenant, after, limit)

    def replace(self, target: Target, profile: Profile) -> StartUp:
        """Replace the profile; StaleVersionError where it changed meanwhile."""
        with self._open() as uow:
            current = uow.startups.get(target.id, target.tenant)
            check_version(current.version, target.version)
            changed = current.with_profile(profile, self._clock())
            uow.startups.save(changed)
            uow.watching.note_needs_of(changed.id)
            uow.commit()
        return changed

    def patch(self, target: Target, patch: Mapping[str, Any]) -> StartUp:
        """Apply a merge patch to the profile; Faults where the result is not acceptable."""
        current = self.get(target)
        check_version(current.version, target.version)
        profile = parse(Profile, merged(dump(current.profile), patch))
        return self.replace(Target(target.id, target.tenant, current.version), profile)

    def transfer(self, target: Target, tenant: str) -> StartUp:
        """Hand a start-up to another tenant, with its needs and its requests for introductions."""
        with self._open() as uow:
            current = uow.startups.get(target.id, target.tenant)
            check_version(current.version, target.version)
            changed = current.owned_by(tenant, self._clock())
            uow.startups.hand_over(changed)
            uow.commit()
        return changed

    def delete(self, target: Target) -> None:
        """Delete a start-up with its needs and everything logged about them."""
        with self._open() as uow:
            current = uow.startups.get(target.id, target.tenant)
            check_version(current.version, target.version)
            uow.startups.remove(current)
            uow.commit()
