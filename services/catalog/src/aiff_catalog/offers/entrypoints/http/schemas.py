"""What readers and writers of offers send and get, as the OpenAPI document shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints

from aiff_catalog.offers.application.listings import ListingQuery
from aiff_catalog.offers.domain.offer import LiveState, State
from aiff_catalog.offers.domain.pending import Comment, PendingState
from aiff_catalog.offers.domain.revision import Action, Change
from aiff_catalog.shared.http.schemas import PageParameters, ProviderSlug, Strict, without_nul
from aiff_contracts.offer import (
    IntakeStatus,
    Kind,
    Moment,
    OfferContent,
    OfferDocument,
    Organisation,
    Text,
)

Said = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=500),
    AfterValidator(without_nul),
]
# A number of the history, or one of the two texts of the moment.
TextName = Annotated[str, StringConstraints(pattern="^([1-9][0-9]{0,8}|live|pending)$")]


OfferReference = Annotated[str, Path(description="The offer's id or its slug.")]
OrganisationReference = Annotated[str, Path(description="The organisation's slug.")]


class StatedReason(Strict):
    """Why; the person concerned reads it."""

    reason: Said


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOffer(OfferDocument):
    """A published offer with what follows from its intake and the clock."""

    intake_status: IntakeStatus
    next_deadline: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOrganisation(Organisation):
    """An organisation with its version."""

    version: int
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    """A page of organisations."""

    items: tuple[PublicOrganisation, ...]
    next: str | None
    prev: str | None


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


class HistoryParameters(Strict):
    """How far back."""

    limit: int = Field(20, ge=1, le=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedField:
    """A field by its JSON pointer, and what it is called."""

    pointer: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationView:
    """One publication: when, and the fields that changed since the one before.

    A list is named as a whole. No field is named for the first text, and where the same text came
    back.
    """

    at: datetime
    fields: tuple[NamedField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicHistory:
    """The publications of an offer, newest first."""

    items: tuple[PublicationView, ...]


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
