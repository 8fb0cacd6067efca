"""What the use cases of start-ups and needs need of the outside, in plain values."""

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from aiff_matching.profiles.domain.records import StartUp, StoredNeed
from aiff_matching.shared.ports import Work


class StartUps(Protocol):
    """Start-ups of one tenant at a time, inside a unit of work."""

    def get(self, startup_id: UUID, tenant: str) -> StartUp:
        """Return a start-up, or raise StartUpNotFoundError where it is not the tenant's."""

    def page(self, tenant: str, after: str, limit: int) -> Sequence[StartUp]:
        """Return the tenant's start-ups whose id comes after, in order of id."""

    def add(self, startup: StartUp) -> None:
        """Store a new start-up."""

    def save(self, startup: StartUp) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""

    def hand_over(self, startup: StartUp) -> None:
        """Store the next version, of another tenant, with all that hangs on the start-up.

        StaleVersionError where another version was stored meanwhile.
        """

    def remove(self, startup: StartUp) -> None:
        """Delete a start-up with its needs and their decisions."""


class Needs(Protocol):
    """Needs of one tenant at a time, inside a unit of work."""

    def get(self, need_id: UUID, tenant: str) -> StoredNeed:
        """Return a need, or raise NeedNotFoundError where it is not the tenant's."""

    def page(self, startup_id: UUID, after: str, limit: int) -> Sequence[StoredNeed]:
        """Return the start-up's needs whose id comes after, in order of id."""

    def add(self, need: StoredNeed) -> None:
        """Store a new need."""

    def save(self, need: StoredNeed) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""

    def remove(self, need: StoredNeed) -> None:
        """Delete a need with its decisions."""


class DueNeeds(Protocol):
    """Which needs have to be judged again."""

    def note_need(self, need_id: UUID, *, silent: bool) -> None:
        """Make a need due; `silent` for its first judgement."""

    def note_needs_of(self, startup_id: UUID) -> None:
        """Make all needs of a start-up due."""

    def note_all_needs(self) -> None:
        """Make every need due."""


class NewNeedAlerts(Protocol):
    """How the owner of a new need is told of news."""

    def begin(self, need_id: UUID) -> None:
        """Give a new need the usual settings."""


class ProfilesWork(Work, Protocol):
    """What the use cases of start-ups and needs see of a transaction."""

    @property
    def startups(self) -> StartUps:
        """Start-ups."""

    @property
    def needs(self) -> Needs:
        """Their needs."""

    @property
    def watching(self) -> DueNeeds:
        """What is to be judged again."""

    @property
    def alerts(self) -> NewNeedAlerts:
        """How owners are told."""


OpenProfilesWork = Callable[[], ProfilesWork]
