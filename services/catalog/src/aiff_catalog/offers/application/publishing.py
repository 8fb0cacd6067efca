"""From a change of an offer to what the world is told: the document and the event.

Both are written in the transaction of the change, so neither can exist without it.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from aiff_catalog.offers.application.documents import document_of, render
from aiff_catalog.offers.application.entries import entry_of
from aiff_catalog.offers.application.ports import OffersUnitOfWork
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.shared.ports import SOURCE
from aiff_catalog.shared.schedule import holds_until
from aiff_contracts.codec import parse_json
from aiff_contracts.events import (
    OFFER_PUBLISHED,
    OFFER_WITHDRAWN,
    Event,
    EventData,
    EventType,
    OfferPublished,
    OfferWithdrawn,
)
from aiff_contracts.offer import OfferDocument
from aiff_kit.ids import new_id


def announce(uow: OffersUnitOfWork, offer: Offer, request_id: str | None) -> None:
    """Store what follows for readers from an offer's new version: it is shown, or it is not."""
    uow.changes.note(offer)
    if offer.state == "published":
        _announce_published(uow, offer, request_id)
    else:
        _announce_withdrawn(uow, offer, request_id)


def _announce_published(uow: OffersUnitOfWork, offer: Offer, request_id: str | None) -> None:
    document = _document(uow, offer)
    rendered = render(document)
    until = holds_until(rendered.schedule, offer.updated_at)
    uow.documents.put(rendered, entry_of(rendered, offer.updated_at), until)
    uow.events.append(_event(OFFER_PUBLISHED, offer, OfferPublished(offer=document), request_id))


def _announce_withdrawn(uow: OffersUnitOfWork, offer: Offer, request_id: str | None) -> None:
    uow.documents.remove(offer.id)
    uow.events.append(_event(OFFER_WITHDRAWN, offer, _withdrawal(offer), request_id))


def restate(uow: OffersUnitOfWork, offer: Offer) -> None:
    """Tell the topic of states again what readers see of an offer that they once saw.

    The transaction holds its row. What is shown is told as it is stored: a pending revision
    makes newer versions of the offer, not of what readers see.
    """
    if offer.state != "published":
        uow.events.restate(_event(OFFER_WITHDRAWN, offer, _withdrawal(offer), None))
        return
    for rendered in uow.documents.of([offer.id]):
        shown = replace(offer, version=rendered.version, updated_at=rendered.updated_at)
        data = OfferPublished(offer=parse_json(OfferDocument, rendered.body))
        uow.events.restate(_event(OFFER_PUBLISHED, shown, data, None))


def disown(uow: OffersUnitOfWork, offer_id: UUID, sequence: int, at: datetime) -> None:
    """Withdraw, in the next sequence, an offer that is told of but unknown to the database."""
    data = OfferWithdrawn(
        offer_id=offer_id,
        slug=f"unknown-{offer_id}",
        version=sequence,
        withdrawn_at=at,
        reason="unknown to the catalogue",
    )
    event = Event(
        id=new_id(),
        type=OFFER_WITHDRAWN.name,
        source=SOURCE,
        key=str(offer_id),
        sequence=sequence,
        time=at,
        data=data,
    )
    uow.events.append(event)


def _document(uow: OffersUnitOfWork, offer: Offer) -> OfferDocument:
    named = {entry.organisation for entry in offer.text.organisations}
    return document_of(offer, uow.organisations.details(named))


def _withdrawal(offer: Offer) -> OfferWithdrawn:
    return OfferWithdrawn(
        offer_id=offer.id,
        slug=offer.slug,
        version=offer.version,
        withdrawn_at=_stated(offer.withdrawn_at),
        reason=offer.withdrawal_reason or "",
    )


def _stated(instant: datetime | None) -> datetime:
    if instant is None:
        message = "a hidden offer has the instant since which it is"
        raise ValueError(message)
    return instant


def _event(kind: EventType, offer: Offer, data: EventData, request_id: str | None) -> Event:
    return Event(
        id=new_id(),
        type=kind.name,
        source=SOURCE,
        key=str(offer.id),
        sequence=offer.version,
        time=offer.updated_at,
        data=data,
        request_id=request_id,
    )
