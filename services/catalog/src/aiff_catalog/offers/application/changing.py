"""One change of one offer: found, held against the version, stored with its history."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from aiff_catalog.offers.application.ports import OffersUnitOfWork
from aiff_catalog.offers.application.publishing import announce
from aiff_catalog.offers.domain import offer as offers
from aiff_catalog.offers.domain.offer import Offer, offer_id_of
from aiff_catalog.offers.domain.pending import Comment
from aiff_catalog.offers.domain.revision import Action, Change, Revision, diff
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import (
    OfferNotFoundError,
    ReviewersOnlyError,
    SlugTakenError,
)
from aiff_contracts.codec import dump
from aiff_contracts.offer import OfferContent
from aiff_kit.clock import Clock

U = TypeVar("U", bound=OffersUnitOfWork)
Transition = Callable[[U, Offer], Offer]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTarget:
    """Which offer (id or slug) is changed by whom, who read which version (None: any)."""

    reference: str
    by: Authorship
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the history says about a change besides the texts."""

    action: Action
    by: Authorship
    reason: str | None = None
    comments: tuple[Comment, ...] = ()


class OfferChanges(Generic[U]):
    """Changes one offer in one transaction.

    All raise OfferNotFoundError, StaleVersionError or the error of the transition; then nothing
    is changed.
    """

    def __init__(self, open_uow: Callable[[], U], clock: Clock) -> None:
        """Keep where to write and the clock."""
        self.open_uow = open_uow
        self.clock = clock

    def apply(self, target: OfferTarget, note: Note, transition: Transition[U]) -> Offer:
        """Return the offer after the transition; one that changes nothing stores nothing."""
        with self.open_uow() as uow:
            current = writable_offer(uow, target.reference, target.by)
            offers.require_version(current, target.version)
            changed = transition(uow, current)
            if changed is not current:
                save(uow, current, changed, note)
                uow.commit()
        return changed


def writable_offer(uow: OffersUnitOfWork, reference: str, by: Authorship) -> Offer:
    """Return the offer of an id or of a present slug; to others than its writers it is unknown."""
    referred = _referred(uow, reference)
    if referred is None or not by.may_write(referred.text):
        raise OfferNotFoundError(reference)
    return referred


def require_curator(by: Authorship) -> None:
    """Raise ReviewersOnlyError for anybody else."""
    if not by.curates:
        raise ReviewersOnlyError


def require_free_slug(uow: OffersUnitOfWork, offer: Offer, slug: str) -> None:
    """Raise SlugTakenError where another offer has the name, or had it, or an address needs it."""
    owner = uow.offers.owner_of_slug(slug)
    if slug in offers.RESERVED_SLUGS or owner not in {None, offer.id}:
        raise SlugTakenError(slug)


def save(uow: OffersUnitOfWork, before: Offer, after: Offer, note: Note) -> None:
    """Store the next version with its revision, and tell the world what it can see of it."""
    uow.offers.save(after, revision_of(before, after, note))
    if _visible(before) != _visible(after):
        announce(uow, after, note.by.request_id)


def revision_of(before: Offer | None, after: Offer, note: Note) -> Revision:
    """Return the entry of the history."""
    old, new = _texts(before, after)
    return Revision(
        offer_id=after.id,
        number=after.version,
        action=note.action,
        author=note.by.author,
        at=after.updated_at,
        reason=note.reason or note.by.reason,
        changes=_changes(old, new),
        comments=note.comments,
        content=new,
    )


def _visible(offer: Offer) -> int | None:
    """Return the version that readers see, None where they see none."""
    return offer.live_version if offer.state == "published" else None


def _texts(before: Offer | None, after: Offer) -> tuple[OfferContent | None, OfferContent | None]:
    """Return the text that a change replaced and the one that it wrote or published, if any."""
    if before is None:
        return None, after.working
    if after.text_version != before.text_version:
        return before.content, after.content
    if after.pending is not None and after.working != before.working:
        return before.working, after.working
    return None, None


def _changes(old: OfferContent | None, new: OfferContent | None) -> tuple[Change, ...]:
    return () if old is None or new is None else diff(dump(old), dump(new))


def _referred(uow: OffersUnitOfWork, reference: str) -> Offer | None:
    offer_id = offer_id_of(reference)
    return uow.offers.by_slug(reference) if offer_id is None else uow.offers.get(offer_id)
