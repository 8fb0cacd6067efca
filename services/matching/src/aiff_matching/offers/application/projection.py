"""The service's own copy of the published offers, kept by events."""

from collections.abc import Iterator
from uuid import UUID

from aiff_contracts.events import Event, OfferPublished, OfferWithdrawn
from aiff_contracts.offer import FundingDetails, OfferDocument
from aiff_matching.offers.application.ports import OffersWork, OpenOffersWork

CONSUMER = "matching-projection"


class OfferProjection:
    """Handles the catalogue's events. An event that is not newer than what is known is ignored."""

    def __init__(self, unit_of_work: OpenOffersWork) -> None:
        """Keep what opens a transaction."""
        self._open = unit_of_work

    def handle(self, event: Event) -> None:
        """Take over a published offer, forget a withdrawn one; both are due for stored needs."""
        with self._open() as uow:
            if uow.inbox.seen(event):
                return
            if isinstance(event.data, OfferPublished):
                _note(uow, event.data.offer.id, event.data.offer)
                uow.offers.put(event.data.offer)
            elif isinstance(event.data, OfferWithdrawn):
                _note(uow, event.data.offer_id, None)
                uow.offers.remove(event.data.offer_id)
            uow.commit()


def _note(uow: OffersWork, offer_id: UUID, new: OfferDocument | None) -> None:
    """Make due what the change concerns: those that the offer excludes exclude it as well."""
    concerned = {*_excluded(uow.offers.get(offer_id)), *_excluded(new)}
    uow.watching.note_offer(offer_id, concerned)


def _excluded(offer: OfferDocument | None) -> Iterator[str]:
    if offer is not None and isinstance(offer.details, FundingDetails):
        yield from offer.details.stacking.excludes
