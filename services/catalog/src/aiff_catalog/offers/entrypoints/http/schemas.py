"""What writers and reviewers send and get, as the OpenAPI document shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from aiff_catalog.offers.application.listings import ListingQuery
from aiff_catalog.offers.domain.offer import LiveState, State
from aiff_catalog.offers.domain.pending import Comment, PendingState
from aiff_catalog.offers.domain.revision import Action, Change
from aiff_catalog.search.entrypoints.http.schemas import (
    PageParameters,
    ProviderSlug,
    Strict,
    without_nul,
)
from aiff_contracts import language
from aiff_contracts.offer import Kind, OfferContent, Text

Said = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=500),
    AfterValidator(without_nul),
]
Pointer = Annotated[
    str,
    StringConstraints(max_length=200, pattern=r"^(/[^/]{1,80})*$"),
    AfterValidator(without_nul),
]
Account = Annotated[
    str, StringConstraints(min_length=1, max_length=120), AfterValidator(without_nul)
]
# A number of the history, or one of the two texts of the moment.
TextName = Annotated[str, StringConstraints(pattern="^([1-9][0-9]{0,8}|live|pending)$")]
_MOST_COMMENTS = 100


class StatedReason(Strict):
    """Why; the person concerned reads it."""

    reason: Said


class FieldComment(Strict):
    """What is to be changed in a field, named by its JSON pointer (empty: the whole text)."""

    pointer: Pointer = ""
    text: Said


class RequestedChanges(Strict):
    """Comments for the author, at least one."""

    comments: Annotated[tuple[FieldComment, ...], Field(min_length=1, max_length=_MOST_COMMENTS)]

    def said(self) -> tuple[Comment, ...]:
        """Return the comments as the domain knows them."""
        return tuple(Comment(pointer=one.pointer, text=one.text) for one in self.comments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(language.Strict):
    """When to publish; now where `publish_at` is left out."""

    publish_at: AwareDatetime | None = None


class Assignment(Strict):
    """Who reviews: the account of a curator."""

    reviewer: Account


class Restoration(Strict):
    """Which text of the history."""

    number: int = Field(ge=1, le=2**31 - 1)


class DiffParameters(Strict):
    """Which two texts are compared."""

    before: TextName = Field("live", alias="from")
    after: TextName = Field("pending", alias="to")


class ListingParameters(PageParameters):
    """Which offers, in any state, newest change first."""

    state: State | None = None
    kind: Kind | None = None
    partner: ProviderSlug | None = Field(None, description="Who provides the offer first.")

    def query(self, limited_to: str | None) -> ListingQuery:
        """Return the question without its place."""
        live: LiveState | None = None
        pending: PendingState | None = None
        match self.state:
            case "published" | "suspended" | "expired" | "archived":
                live = self.state
            case _:
                pending = self.state
        return ListingQuery(
            order="changed",
            limit=self.limit + 1,
            state=live,
            pending_state=pending,
            kind=self.kind,
            partner=self.partner,
            limited_to=limited_to,
        )


class QueueParameters(PageParameters):
    """Which texts that wait for a reviewer, oldest first."""

    state: Literal["submitted", "in_review"] | None = None
    kind: Kind | None = None
    partner: ProviderSlug | None = Field(None, description="Who provides the offer first.")
    reviewer: Account | None = Field(None, description="`me`, or a curator's account.")

    def query(self, caller: str) -> ListingQuery:
        """Return the question without its place; `me` is the caller."""
        return ListingQuery(
            order="queue",
            limit=self.limit + 1,
            pending_state=self.state,
            kind=self.kind,
            partner=self.partner,
            reviewer=caller if self.reviewer == "me" else self.reviewer,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingView:
    """Where the pending revision is. `reason` says why it was refused or came back."""

    state: PendingState
    editors: tuple[str, ...]
    based_on: int | None
    waiting_since: datetime | None
    reviewer: str | None
    comments: tuple[Comment, ...]
    reason: str | None
    reviewed: int | None
    approved_by: str | None
    publish_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterOffer(OfferContent):
    """An offer as its writers see it, in any state, with the text that editors work on.

    `state` is the live state, or that of the pending revision where nothing was published yet;
    `live_version` is the version that readers see. `merged_into` is the offer to which the
    addresses of a listing lead that was found to be the same.
    """

    id: UUID
    kind: Kind
    state: State
    version: int
    live_version: int | None
    pending: PendingView | None
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    withdrawn_at: datetime | None
    withdrawal_reason: str | None
    former_slugs: tuple[str, ...]
    merged_into: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """An offer in a list for writers; `age_days` counts since it waits for a reviewer."""

    id: UUID
    slug: str
    kind: Kind
    partner: str
    state: State
    pending_state: PendingState | None
    version: int
    title: Text
    updated_at: datetime
    waiting_since: datetime | None
    age_days: int | None
    reviewer: str | None
    publish_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage:
    """A page of offers in any state."""

    items: tuple[ListingView, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """A field that differs, as people read it, with the raw values beside."""

    pointer: str
    label: Text
    before: Text
    after: Text
    raw_before: object
    raw_after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDifference:
    """The fields in which two texts of an offer differ, in the order of the document."""

    before: str
    after: str
    fields: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A text under review: what differs from what readers see, and from what was last reviewed.

    `since_last_review` is null where nobody has reviewed it yet.
    """

    offer: WriterOffer
    changes: tuple[FieldDifference, ...]
    since_last_review: tuple[FieldDifference, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRevision:
    """One change of an offer: its number is the version that it made."""

    offer_id: UUID
    number: int
    action: Action
    author: str
    at: datetime
    reason: str | None
    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionPage:
    """A page of an offer's history, newest first."""

    items: tuple[OfferRevision, ...]
    next: str | None
    prev: str | None
