"""What the use cases need of the outside, in plain values."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_contracts.events import Event
from aiff_contracts.offer import OfferDocument
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.profiles.application.ports import DueNeeds
from aiff_matching.shared.ports import Inbox, Work


class OfferCopies(Protocol):
    """The service's own copy of the published offers."""

    def get(self, offer_id: UUID) -> OfferDocument | None:
        """Return the copy of an offer, None where there is none."""

    def put(self, offer: OfferDocument) -> None:
        """Store or replace an offer, and count one more revision of the copy."""

    def remove(self, offer_id: UUID) -> None:
        """Forget an offer, and count one more revision of the copy."""


class FreshOfferCopies(Protocol):
    """A copy of the offers that is being made beside the one in use."""

    def put(self, rebuild: UUID, events: Iterable[Event]) -> None:
        """Add the states of offers to a rebuild's copy; each offer comes once."""

    def count_in_use(self) -> int:
        """Return the number of offers in the copy in use."""

    def versions_in_use(self) -> Mapping[str, int]:
        """Return the version of each offer in the copy in use, by id."""

    def swap(self, rebuild: UUID, since: datetime) -> None:
        """Put the copy in use and forget it as a fresh one; count one more revision.

        An offer of which a newer event was handled keeps what that event said. One that the
        fresh copy lacks goes, unless an event of it was handled at or after `since`.
        """

    def discard(self, before: datetime) -> None:
        """Delete what rebuilds that began before an instant have left behind."""


class DueOffers(DueNeeds, Protocol):
    """Which offers and needs have to be judged again."""

    def note_offer(self, offer_id: UUID, neighbours: Iterable[str] = ()) -> None:
        """Make an offer due, and those in the copy that have one of these slugs."""


class LiveCatalogue(Protocol):
    """The compiled catalogue in memory, as new as the copy of the offers."""

    def current(self) -> Catalogue:
        """Return the catalogue of the newest committed revision."""


class OffersWork(Work, Protocol):
    """What the use cases of the copied offers see of a transaction."""

    @property
    def offers(self) -> OfferCopies:
        """The copy in use."""

    @property
    def fresh_offers(self) -> FreshOfferCopies:
        """A copy in the making."""

    @property
    def inbox(self) -> Inbox:
        """The events that were handled."""

    @property
    def watching(self) -> DueOffers:
        """What is to be judged again."""


OpenOffersWork = Callable[[], OffersWork]
