"""What partners' systems send and get, as the OpenAPI document shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints

from aiff_catalog.offers.application.commands import Outcome
from aiff_catalog.offers.domain.offer import State
from aiff_catalog.offers.domain.pending import Comment, PendingState
from aiff_catalog.partners.application.writes import PartnerItem
from aiff_catalog.partners.domain import SyncState
from aiff_catalog.shared.http.schemas import ProviderSlug, Strict, without_nul
from aiff_contracts.codec import Fault
from aiff_contracts.offer import Kind

_MOST_ITEMS = 500
_EXTERNAL_ID = r"^[A-Za-z0-9][A-Za-z0-9._:~-]{0,119}$"
ExternalId = Annotated[str, StringConstraints(pattern=_EXTERNAL_ID), AfterValidator(without_nul)]
ExternalIdInPath = Annotated[
    str, Path(pattern=_EXTERNAL_ID, description="The identifier in the partner's own system.")
]
PartnerInPath = Annotated[ProviderSlug, Path(description="The partner's organisation, by slug.")]
FieldPointer = Annotated[str, StringConstraints(pattern=r"^(/[^/]{1,80})+$", max_length=200)]


class DryRun(Strict):
    """Whether the write is only tried."""

    dry_run: bool = Field(
        default=False, description="Answer as the write would, and change nothing."
    )


class BatchItem(Strict):
    """An offer with its identifier in the partner's system."""

    external_id: ExternalId
    # Checked item by item, so that one that is wrong does not refuse the others.
    offer: dict[str, Any]

    def sent(self) -> PartnerItem:
        """Return the item as the use case takes it."""
        return PartnerItem(external_id=self.external_id, offer=self.offer)


class OfferBatch(Strict):
    """Offers of one partner, at most 500."""

    partner: ProviderSlug
    items: Annotated[tuple[BatchItem, ...], Field(min_length=1, max_length=_MOST_ITEMS)]


class PolicyContent(Strict):
    """What the partner publishes without a review; empty lists: everything is reviewed.

    `kinds` are those of which it may publish new offers, `fields` are JSON pointers of what it
    may change in a published offer, each with all below it.
    """

    kinds: Annotated[tuple[Kind, ...], Field(max_length=20)] = ()
    fields: Annotated[tuple[FieldPointer, ...], Field(max_length=100)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProblem:
    """Why an item was refused, as RFC 9457 says it for a whole request."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """What became of an item.

    `state` is where the offer is for readers, or its revision where it was never published;
    `pending_state` is where its pending revision is.
    """

    external_id: str
    status: Literal[200, 201, 403, 404, 409, 412, 413, 422]
    outcome: Outcome | None
    offer_id: UUID | None
    slug: str | None
    version: int | None
    state: State | None
    pending_state: PendingState | None
    problem: ItemProblem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What became of each item, in the order of the request, and how many of each."""

    dry_run: bool
    created: int
    updated: int
    unchanged: int
    refused: int
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """What the catalogue has of an offer of a partner's system.

    `state` is one word for what became of the last write. `accepted_at` is when content was last
    accepted, `published_at` when readers first saw the offer; `live_version` is what they see
    now. `searchable` tells whether searches find that version, and `lag_seconds` for how long they
    have not; both are null where readers see nothing. `errors` are those of the last write where
    it was refused; `comments` and `reason` are the reviewer's.
    """

    external_id: str
    state: SyncState
    offer_id: UUID | None
    slug: str | None
    version: int | None
    live_version: int | None
    accepted_at: datetime | None
    published_at: datetime | None
    refused_at: datetime | None
    searchable: bool | None
    lag_seconds: float | None
    errors: tuple[Fault, ...]
    comments: tuple[Comment, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """A page of a partner's records, in the order of its identifiers."""

    items: tuple[RecordView, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """A partner's policy; version 0 is the one that nobody has written."""

    partner: str
    kinds: tuple[Kind, ...]
    fields: tuple[str, ...]
    version: int
    updated_at: datetime | None
    author: str | None
