"""A partner's system keeps its own offers here: what it sent last, and what that may change.

A partner names an offer by the identifier that its own system gives it. What a partner may show
to readers without a review is a policy that curators keep; without one, everything is reviewed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal
from uuid import UUID

from aiff_catalog.offers.domain.offer import LiveState, Offer
from aiff_catalog.offers.domain.pending import Comment, PendingState
from aiff_catalog.offers.domain.revision import diff
from aiff_catalog.shared.errors import StaleVersionError
from aiff_contracts.codec import Fault, Faults, dump
from aiff_contracts.offer import Kind, OfferContent

SyncState = Literal[
    "refused",
    "draft",
    "awaiting_review",
    "changes_requested",
    "rejected",
    "scheduled",
    "published",
    "suspended",
    "expired",
    "archived",
]
_FIELDS = frozenset(field.name for field in fields(OfferContent))
_UNDER_REVIEW = frozenset[PendingState](("submitted", "in_review"))
# A pending revision that no reviewer has answered or taken: its author may replace it freely.
_UNANSWERED = frozenset[PendingState](("draft", "submitted"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerPolicy:
    """What a partner publishes without a review.

    `kinds` are those of which it may publish new offers. `fields` are JSON pointers of what it
    may change in an offer that is published, each with all below it.
    """

    partner: str
    kinds: tuple[Kind, ...] = ()
    fields: tuple[str, ...] = ()
    version: int = 0
    updated_at: datetime | None = None
    author: str | None = None

    def __post_init__(self) -> None:
        """Raise Faults for pointers that lead to no field of an offer."""
        faults = [
            Fault(f"/fields/{index}", "unknown_field", f"{pointer!r} is no field of an offer")
            for index, pointer in enumerate(self.fields)
            if pointer.split("/")[1:2] == [] or pointer.split("/")[1] not in _FIELDS
        ]
        if faults:
            raise Faults(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRecord:
    """What the catalogue last got under a partner's identifier.

    `digest` is that of the content that was accepted, so that the same content again undoes no
    curator's edit. `faults` are those of the last write, if it was refused.
    """

    partner: str
    external_id: str
    offer_id: UUID | None = None
    digest: str | None = None
    accepted_at: datetime | None = None
    refused_at: datetime | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncedOffer:
    """Where the offer of a record is now.

    `shown_at` is when readers got the text that they see, None where they see none; `searchable`
    tells whether searches find that text too.
    """

    slug: str
    state: LiveState
    version: int
    live_version: int | None
    published_at: datetime | None
    pending_state: PendingState | None
    comments: tuple[Comment, ...] = ()
    reason: str | None = None
    shown_at: datetime | None = None
    searchable: bool | None = None

    def lag(self, now: datetime) -> float | None:
        """Return for how many seconds searches have not found what readers see; None: nothing."""
        if self.shown_at is None or self.searchable is None:
            return None
        return 0.0 if self.searchable else max((now - self.shown_at).total_seconds(), 0.0)


def sync_state(record: PartnerRecord, offer: SyncedOffer | None) -> SyncState:
    """Return the one word for what became of a partner's last write."""
    if record.faults or offer is None:
        return "refused"
    if offer.state == "archived":
        return "archived"
    if offer.pending_state is None:
        return "draft" if offer.state == "unpublished" else offer.state
    if offer.pending_state in _UNDER_REVIEW:
        return "awaiting_review"
    words: dict[PendingState, SyncState] = {
        "draft": "draft",
        "changes_requested": "changes_requested",
        "rejected": "rejected",
        "scheduled": "scheduled",
    }
    return words[offer.pending_state]


def goes_live(policy: PartnerPolicy, offer: Offer, content: OfferContent, author: str) -> bool:
    """Tell whether a partner's content is shown without a review.

    A decision of a curator is never gone round: an offer that was hidden, or whose pending
    revision somebody else wrote or a reviewer has taken, is reviewed.
    """
    pending = offer.pending
    if pending is not None and (
        pending.state not in _UNANSWERED or set(pending.editors) - {author}
    ):
        return False
    if offer.state == "unpublished":
        return content.details.kind in policy.kinds
    if offer.state != "published" or offer.content is None:
        return False
    return covers(policy.fields, (one.pointer for one in diff(dump(offer.content), dump(content))))


def covers(allowed: tuple[str, ...], pointers: Iterable[str]) -> bool:
    """Tell whether each pointer is one of the allowed ones or below one."""
    return all(
        any(pointer == one or pointer.startswith(f"{one}/") for one in allowed)
        for pointer in pointers
    )


def next_policy(
    current: PartnerPolicy, wanted: PartnerPolicy, expected: int | None
) -> PartnerPolicy:
    """Return the policy in its next version; the current one where nothing differs.

    Raises StaleVersionError where the writer read another version (None: any).
    """
    if expected is not None and expected != current.version:
        raise StaleVersionError(expected, current.version)
    if (wanted.kinds, wanted.fields) == (current.kinds, current.fields):
        return current
    return PartnerPolicy(
        partner=current.partner,
        kinds=wanted.kinds,
        fields=wanted.fields,
        version=current.version + 1,
        updated_at=wanted.updated_at,
        author=wanted.author,
    )
