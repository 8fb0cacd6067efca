"""What exchanging with other systems needs of the world, in plain values."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from aiff_catalog.exchange.application.change_feed import ChangesRead, FeedHead, OfferChange
from aiff_catalog.offers.application.ports import OrganisationReads
from aiff_catalog.shared.ports import UnitOfWork


class ChangeLog(Protocol):
    """The last change of each offer, inside a unit of work."""

    def number(self, limit: int) -> int:
        """Give positions to committed changes that have none, and return how many."""

    def forget(self, before: datetime) -> int:
        """Drop the tombstones of before an instant, and return how many."""


class ExchangeUnitOfWork(UnitOfWork, Protocol):
    """A transaction over the changes that others follow."""

    @property
    def changes(self) -> ChangeLog:
        """Return the last change of each offer."""


OpenExchange = Callable[[], ExchangeUnitOfWork]


class ExchangeReads(OrganisationReads, Protocol):
    """The whole catalogue as it is read by others; a constant number of statements per call.

    All raise DatabaseUnavailableError where the database does not answer in time.
    """

    async def changes(self, after: int, limit: int) -> ChangesRead:
        """Return the changes after a position, with one statement."""

    async def recent_changes(self, limit: int) -> Sequence[OfferChange]:
        """Return the newest changes, the newest first."""

    async def head(self) -> FeedHead:
        """Return where the catalogue stands, with one statement."""

    async def documents(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return ids and documents of published offers in the order of their ids, after one."""

    async def published_count(self) -> int:
        """Return how many offers are published."""

    async def addresses(self, offset: int, limit: int) -> Sequence[tuple[str, datetime]]:
        """Return slugs and last changes of published offers in the order of their ids."""

    async def texts(self, after: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return ids and texts of published offers in the order of their ids, after one."""


class ExportWriter(Protocol):
    """Writes one dump. Its calls may take long, so each runs beside the event loop."""

    def begin(self) -> bytes:
        """Return what stands before the first offer."""

    def add(self, documents: Sequence[bytes]) -> bytes:
        """Return what these offers (the stored documents) are in this format, if anything yet."""

    def end(self) -> Iterable[bytes]:
        """Yield what stands after the last offer."""


class Feeds(Protocol):
    """Writes what search engines and feed readers fetch."""

    def atom(self, changes: Sequence[OfferChange], now: datetime) -> bytes:
        """Return the Atom feed of these changes."""

    def sitemap(self, offers: Sequence[tuple[str, datetime]]) -> bytes:
        """Return the sitemap of these offers (slug, last change)."""

    def sitemap_index(self, count: int) -> bytes:
        """Return the index of so many sitemaps, numbered from 1."""
