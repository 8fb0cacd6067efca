"""The service's own copy of the published offers, kept by events."""

from aiff_contracts.events import Event, OfferPublished, OfferWithdrawn
from aiff_matching.application.ports import OpenUnitOfWork

CONSUMER = "matching-projection"


class OfferProjection:
    """Handles the catalogue's events. An event that is not newer than what is known is ignored."""

    def __init__(self, unit_of_work: OpenUnitOfWork) -> None:
        """Keep what opens a transaction."""
        self._open = unit_of_work

    def handle(self, event: Event) -> None:
        """Take over a published offer, forget a withdrawn one."""
        with self._open() as uow:
            if uow.inbox.seen(event):
                return
            if isinstance(event.data, OfferPublished):
                uow.offers.put(event.data.offer)
            elif isinstance(event.data, OfferWithdrawn):
                uow.offers.remove(event.data.offer_id)
            uow.commit()
