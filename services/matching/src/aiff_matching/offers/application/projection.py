"""The service's own copy of the published offers, kept by events."""

from collections.abc import Iterator
from uuid import UUID

from aiff_contracts.events import Event, OfferPublished, OfferWithdrawn
from aiff_contracts.offer import FundingDetails, OfferDocument
from aiff_matching.offers.application.ports import OffersWork, OpenOffersWork
from aiff_matching.offers.domain.requirements import kind_of
from aiff_matching.profiles.domain.aid import AidKind

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
    """Make due what the change concerns: those that the offer excludes exclude it as well.

    Rules ask for kinds of aid, so with another kind every need may stand otherwise.
    """
    old = uow.offers.get(offer_id)
    concerned = {*_excluded(old), *_excluded(new)}
    uow.watching.note_offer(offer_id, concerned)
    if _kind(old) != _kind(new):
        uow.watching.note_all_needs()


def _kind(offer: OfferDocument | None) -> AidKind:
    is_aid = offer is not None and isinstance(offer.details, FundingDetails)
    return kind_of(offer.details) if is_aid else AidKind()  # type: ignore[union-attr, arg-type]


def _excluded(offer: OfferDocument | None) -> Iterator[str]:
    if offer is not None and isinstance(offer.details, FundingDetails):
        yield from offer.details.stacking.excludes
