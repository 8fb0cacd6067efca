"""The offer: one aggregate for all kinds, and the transitions of its life.

What readers see (the live text) and what is on its way to them (the pending revision) are two
things: nothing reaches readers but by publication.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from aiff_catalog.offers.domain import pending as texts
from aiff_catalog.offers.domain.pending import PendingRevision, PendingState
from aiff_catalog.shared.errors import (
    IllegalTransitionError,
    MergedIntoItselfError,
    NothingPendingError,
    OutdatedBaseError,
    StaleVersionError,
)
from aiff_contracts.offer import OfferContent

# Words that follow `/v1/offers/` and lead to no offer.
RESERVED_SLUGS = frozenset(("search", "suggestions"))
LiveState = Literal["unpublished", "published", "suspended", "expired", "archived"]
# An offer that was never published is where its pending revision is.
State = PendingState | Literal["published", "suspended", "expired", "archived"]
Hide = Literal["suspend", "expire", "archive"]

_HIDDEN_AS: Mapping[Hide, LiveState] = {
    "suspend": "suspended",
    "expire": "expired",
    "archive": "archived",
}
_HIDES_FROM: Mapping[Hide, frozenset[LiveState]] = {
    "suspend": frozenset(("published",)),
    "expire": frozenset(("published",)),
    "archive": frozenset(("unpublished", "published", "suspended", "expired")),
}
_ID_LENGTH = 36
_HIDDEN = frozenset[LiveState](("suspended", "expired", "archived"))


def offer_id_of(reference: str) -> UUID | None:
    """Return the id that a reference is in its usual form, None where it can only be a slug."""
    if len(reference) != _ID_LENGTH:
        return None
    try:
        return UUID(reference)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An offer with its history's summary.

    `version` grows by one with every change, `live_version` is the one that readers see and
    `text_version` the one in which their text last changed. `published_at` is the first
    publication and stays. `former_slugs` are names that readers knew it by before. `merged_into`
    is the offer to which its addresses lead since it was found to be the same.
    """

    id: UUID
    state: LiveState
    version: int
    content: OfferContent | None = None
    live_version: int | None = None
    text_version: int | None = None
    pending: PendingRevision | None = None
    former_slugs: tuple[str, ...] = ()
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = None
    merged_into: UUID | None = None

    @property
    def text(self) -> OfferContent:
        """Return the text by which the offer is known: the live one, else the pending one."""
        return self.content if self.content is not None else self.waiting.content

    @property
    def working(self) -> OfferContent:
        """Return the text that an editor works on: the pending one, else the live one."""
        return self.text if self.pending is None else self.pending.content

    @property
    def waiting(self) -> PendingRevision:
        """Return the pending revision; NothingPendingError where there is none."""
        if self.pending is None:
            raise NothingPendingError(self.slug)
        return self.pending

    @property
    def slug(self) -> str:
        """Return the name in the offer's address."""
        return self.text.slug

    @property
    def shown_state(self) -> State:
        """Return the one word for where the offer is."""
        return self.waiting.state if self.state == "unpublished" else self.state


def draft(offer_id: UUID, content: OfferContent, editor: str, at: datetime) -> Offer:
    """Return a new offer that nobody but its writers can see."""
    return Offer(
        id=offer_id,
        state="unpublished",
        version=1,
        pending=texts.begun(content, editor, None),
        created_at=at,
        updated_at=at,
    )


def revise(offer: Offer, content: OfferContent, editor: str, at: datetime) -> Offer:
    """Return the offer with a pending revision of this content; readers see the old one still.

    An archived offer is closed to editors: IllegalTransitionError.
    """
    if offer.state == "archived":
        raise IllegalTransitionError("revise", "archived", ["published", "suspended", "expired"])
    if offer.pending is None:
        text = texts.begun(content, editor, offer.text_version)
    else:
        text = texts.edited(offer.pending, content, editor, offer.text_version)
    return with_pending(offer, text, at)


def with_pending(offer: Offer, text: PendingRevision | None, at: datetime) -> Offer:
    """Return the offer with its pending revision in another state, or without one."""
    return replace(_changed(offer, at), pending=text)


def discard(offer: Offer, at: datetime) -> Offer:
    """Return the offer without its pending revision.

    One that has no other text cannot lose it; archive it: IllegalTransitionError.
    """
    if offer.content is None:
        raise IllegalTransitionError("discard", offer.shown_state, ["published", "suspended"])
    if offer.pending is None:
        raise NothingPendingError(offer.slug)
    return with_pending(offer, None, at)


def publish(offer: Offer, at: datetime) -> Offer:
    """Return the offer with its pending text live.

    Raises OutdatedBaseError where the live text has changed since the pending one was written
    against it, NothingPendingError and IllegalTransitionError.
    """
    text = offer.waiting
    texts.require("publish", text)
    if text.based_on != offer.text_version:
        raise OutdatedBaseError(offer.slug)
    return publish_text(replace(offer, pending=None), text.content, at)


def publish_text(offer: Offer, content: OfferContent, at: datetime) -> Offer:
    """Return the offer with this reviewed text live; a pending revision stays pending."""
    changed = _changed(offer, at)
    return replace(
        changed,
        state="published",
        content=content,
        live_version=changed.version,
        text_version=changed.version,
        former_slugs=_former_slugs(offer, content.slug),
        published_at=offer.published_at or at,
        withdrawn_at=None,
        withdrawal_reason=None,
    )


def hide(offer: Offer, how: Hide, reason: str, at: datetime) -> Offer:
    """Return the offer out of readers' sight, with the reason that its address will give."""
    if offer.state not in _HIDES_FROM[how]:
        raise IllegalTransitionError(how, offer.state, sorted(_HIDES_FROM[how]))
    return replace(
        _changed(offer, at),
        state=_HIDDEN_AS[how],
        content=offer.text,
        pending=None if how == "archive" else offer.pending,
        withdrawn_at=at,
        withdrawal_reason=reason,
    )


def merge(offer: Offer, kept: Offer, reason: str, at: datetime) -> Offer:
    """Return a listing archived because another one, which readers see, is the same offer.

    Raises MergedIntoItselfError, and IllegalTransitionError where either is in another state.
    """
    if offer.id == kept.id:
        raise MergedIntoItselfError(offer.slug)
    if kept.state != "published":
        raise IllegalTransitionError("merge into it", kept.shown_state, ["published"])
    return replace(hide(offer, "archive", reason, at), merged_into=kept.id)


def noted(offer: Offer, at: datetime) -> Offer:
    """Return the same offer as a new version that only its history tells of."""
    return _changed(offer, at)


def reinstate(offer: Offer, at: datetime) -> Offer:
    """Return a hidden offer back in sight, with the text that it had.

    One that was archived before it was ever published goes back to its author's desk.
    """
    if offer.state not in _HIDDEN:
        raise IllegalTransitionError("reinstate", offer.state, sorted(_HIDDEN))
    changed = replace(
        _changed(offer, at), withdrawn_at=None, withdrawal_reason=None, merged_into=None
    )
    if offer.published_at is None:
        text = PendingRevision(state="draft", content=offer.text, editors=())
        return replace(changed, state="unpublished", content=None, pending=text)
    return replace(changed, state="published", live_version=changed.version)


def restate(offer: Offer, at: datetime) -> Offer:
    """Return the same offer as a new version: an organisation that it names has changed."""
    changed = _changed(offer, at)
    return replace(changed, live_version=changed.version)


def require_version(offer: Offer, expected: int | None) -> None:
    """Refuse a change made against another version (None: the writer read none).

    A writer who read what readers see may also name that version, unless a revision is pending
    that they have not seen.
    """
    seen = {offer.version} if offer.pending else {offer.version, offer.live_version}
    if expected is not None and expected not in seen:
        raise StaleVersionError(expected, offer.version)


def _changed(offer: Offer, at: datetime) -> Offer:
    return replace(offer, version=offer.version + 1, updated_at=at)


def _former_slugs(offer: Offer, slug: str) -> tuple[str, ...]:
    """Return the names that readers knew; one that only a draft had leads nowhere."""
    known = offer.former_slugs
    if offer.content is not None and offer.published_at is not None:
        known = (*known, offer.content.slug)
    return tuple(dict.fromkeys(old for old in known if old != slug))
