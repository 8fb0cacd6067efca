"""From a change of an offer to what the world is told: the document and the event.

Both are written in the transaction of the change, so neither can exist without it.
"""

from datetime import datetime
from typing import assert_never
from uuid import UUID

from aiff_catalog.application.documents import document_of, render
from aiff_catalog.application.entries import entry_of
from aiff_catalog.application.ports import UnitOfWork
from aiff_catalog.application.schedule import holds_until
from aiff_catalog.domain.offer import Offer
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

SOURCE = "/services/catalog"


def announce(uow: UnitOfWork, offer: Offer, request_id: str | None) -> None:
    """Store what follows from an offer's new version; a draft concerns nobody yet."""
    match offer.state:
        case "published":
            _announce_published(uow, offer, request_id)
        case "withdrawn":
            _announce_withdrawn(uow, offer, request_id)
        case "draft":
            return
        case _:
            assert_never(offer.state)


def _announce_published(uow: UnitOfWork, offer: Offer, request_id: str | None) -> None:
    document = _document(uow, offer)
    rendered = render(document)
    until = holds_until(rendered.schedule, offer.updated_at)
    uow.documents.put(rendered, entry_of(rendered, offer.updated_at), until)
    uow.events.append(_event(OFFER_PUBLISHED, offer, OfferPublished(offer=document), request_id))


def _announce_withdrawn(uow: UnitOfWork, offer: Offer, request_id: str | None) -> None:
    uow.documents.remove(offer.id)
    uow.events.append(_event(OFFER_WITHDRAWN, offer, _withdrawal(offer), request_id))


def restate(uow: UnitOfWork, offer: Offer) -> None:
    """Tell the topic of states again what holds of an offer; the transaction holds its row."""
    match offer.state:
        case "published":
            document = _document(uow, offer)
            event = _event(OFFER_PUBLISHED, offer, OfferPublished(offer=document), None)
        case "withdrawn":
            event = _event(OFFER_WITHDRAWN, offer, _withdrawal(offer), None)
        case "draft":
            return
        case _:
            assert_never(offer.state)
    uow.events.restate(event)


def disown(uow: UnitOfWork, offer_id: UUID, sequence: int, at: datetime) -> None:
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


def _document(uow: UnitOfWork, offer: Offer) -> OfferDocument:
    named = {entry.organisation for entry in offer.content.organisations}
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
        message = "a withdrawn offer has the instant of its withdrawal"
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
