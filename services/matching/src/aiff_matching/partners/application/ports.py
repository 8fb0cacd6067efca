"""What the use cases of partners need of the outside, in plain values."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_matching.partners.domain.discoverability import Discoverability, View
from aiff_matching.partners.domain.finding import Findable
from aiff_matching.partners.domain.searches import StoredSearch
from aiff_matching.profiles.application.ports import StartUps
from aiff_matching.shared.ports import Work


class Searches(Protocol):
    """What partners look for."""

    def get(self, search_id: UUID, organisation: str) -> StoredSearch:
        """Return a search, or raise SearchNotFoundError where it is not the organisation's."""

    def page(self, organisation: str, after: str, limit: int) -> Sequence[StoredSearch]:
        """Return the organisation's searches that come after an id, in the order of ids."""

    def add(self, item: StoredSearch) -> None:
        """Store a new search."""

    def save(self, item: StoredSearch) -> None:
        """Store the next version; StaleVersionError where another one was stored meanwhile."""

    def remove(self, item: StoredSearch) -> None:
        """Forget a search."""


class DiscoverableStartUps(Protocol):
    """Consents to be found, and who has seen whom."""

    def of(self, startup_id: UUID, tenant: str) -> Discoverability:
        """Return the consents of a start-up; none where it never gave one."""

    def save(self, item: Discoverability) -> None:
        """Store or replace the consents of a start-up."""

    def findable(self) -> Sequence[Findable]:
        """Return the needs of all start-ups that may be found, with the consented fields only.

        A start-up without needs comes once, without one.
        """

    def note_views(self, organisation: str, startups: Iterable[UUID], now: datetime) -> None:
        """Note that an organisation saw these start-ups."""

    def views(self, startup_id: UUID) -> Sequence[View]:
        """Return who saw a start-up, the last one first."""


class PartnersWork(Work, Protocol):
    """What the use cases of partners see of a transaction."""

    @property
    def startups(self) -> StartUps:
        """Start-ups."""

    @property
    def searches(self) -> Searches:
        """What partners look for."""

    @property
    def discoverability(self) -> DiscoverableStartUps:
        """Who lets itself be found."""


OpenPartnersWork = Callable[[], PartnersWork]
