"""The offer: one aggregate for all kinds, and the transitions of its life."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from aiff_catalog.domain.errors import (
    AlreadyPublishedError,
    NotPublishedError,
    StaleVersionError,
)
from aiff_contracts.offer import OfferContent

State = Literal["draft", "published", "withdrawn"]
# Words that follow `/v1/offers/` and lead to no offer.
RESERVED_SLUGS = frozenset(("search", "suggestions"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An offer with its history's summary.

    `version` grows by one with every change. `published_at` is the first publication and stays
    when the offer is withdrawn and published again. `former_slugs` are names it had before.
    """

    id: UUID
    state: State
    version: int
    content: OfferContent
    former_slugs: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = None

    @property
    def slug(self) -> str:
        """Return the name in the offer's address."""
        return self.content.slug


def draft(offer_id: UUID, content: OfferContent, at: datetime) -> Offer:
    """Return a new offer that nobody but its writers can see."""
    return Offer(
        id=offer_id, state="draft", version=1, content=content, created_at=at, updated_at=at
    )


def revise(offer: Offer, content: OfferContent, at: datetime) -> Offer:
    """Return the offer with new content; a changed slug is kept among the former ones."""
    return replace(
        _changed(offer, at),
        content=content,
        former_slugs=_former_slugs(offer, content.slug),
    )


def publish(offer: Offer, at: datetime) -> Offer:
    """Return the offer visible to everybody, for the first time or again after a withdrawal.

    Raises AlreadyPublishedError for one that is visible.
    """
    if offer.state == "published":
        message = f"the offer {offer.slug} is already published"
        raise AlreadyPublishedError(message)
    return replace(
        _changed(offer, at),
        state="published",
        published_at=offer.published_at or at,
        withdrawn_at=None,
        withdrawal_reason=None,
    )


def withdraw(offer: Offer, reason: str, at: datetime) -> Offer:
    """Return the offer as no longer offered, with the reason that its address will give.

    Raises NotPublishedError for one that nobody could see.
    """
    if offer.state != "published":
        message = f"the offer {offer.slug} is not published, so it cannot be withdrawn"
        raise NotPublishedError(message)
    return replace(
        _changed(offer, at), state="withdrawn", withdrawn_at=at, withdrawal_reason=reason
    )


def restate(offer: Offer, at: datetime) -> Offer:
    """Return the same offer as a new version: an organisation that it names has changed."""
    return _changed(offer, at)


def require_version(offer: Offer, expected: int | None) -> None:
    """Refuse a change made against another version (None: the writer read none)."""
    if expected is not None and expected != offer.version:
        raise StaleVersionError(expected, offer.version)


def _changed(offer: Offer, at: datetime) -> Offer:
    return replace(offer, version=offer.version + 1, updated_at=at)


def _former_slugs(offer: Offer, slug: str) -> tuple[str, ...]:
    if slug == offer.slug:
        return offer.former_slugs
    return tuple(old for old in (*offer.former_slugs, offer.slug) if old != slug)
