"""Needs of a start-up: create, read, replace, delete; only their owner sees them."""

from collections.abc import Sequence

from aiff_kit.clock import Clock
from aiff_kit.ids import new_id
from aiff_matching.profiles.application.ports import OpenProfilesWork
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.records import StoredNeed
from aiff_matching.shared.versions import Target, check_version


class NeedCommands:
    """The use cases of needs."""

    def __init__(self, unit_of_work: OpenProfilesWork, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = unit_of_work
        self._clock = clock

    def create(self, startup: Target, need: Need) -> StoredNeed:
        """Store a new need of the tenant's start-up."""
        now = self._clock()
        stored = StoredNeed(new_id(), startup.id, startup.tenant, need, 1, now, now)
        with self._open() as uow:
            uow.startups.get(startup.id, startup.tenant)
            uow.needs.add(stored)
            uow.alerts.begin(stored.id)
            uow.watching.note_need(stored.id, silent=True)
            uow.commit()
        return stored

    def get(self, target: Target) -> StoredNeed:
        """Return a need, or raise NeedNotFoundError."""
        with self._open() as uow:
            return uow.needs.get(target.id, target.tenant)

    def page(self, startup: Target, after: str, limit: int) -> Sequence[StoredNeed]:
        """Return the needs of the tenant's start-up after an id."""
        with self._open() as uow:
            uow.startups.get(startup.id, startup.tenant)
            return uow.needs.page(startup.id, after, limit)

    def replace(self, target: Target, need: Need) -> StoredNeed:
        """Replace a need; StaleVersionError where it changed meanwhile."""
        with self._open() as uow:
            current = uow.needs.get(target.id, target.tenant)
            check_version(current.version, target.version)
            changed = current.with_need(need, self._clock())
            uow.needs.save(changed)
            uow.watching.note_need(changed.id, silent=False)
            uow.commit()
        return changed

    def delete(self, target: Target) -> None:
        """Delete a need with everything logged about it."""
        with self._open() as uow:
            current = uow.needs.get(target.id, target.tenant)
            check_version(current.version, target.version)
            uow.needs.remove(current)
            uow.commit()
