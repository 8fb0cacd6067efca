"""What reviewers send and get, as the OpenAPI document shows it."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from aiff_catalog.offers.application.listings import ListingQuery
from aiff_catalog.offers.domain.pending import Comment
from aiff_catalog.offers.entrypoints.http.schemas import FieldDifference, Said, WriterOffer
from aiff_catalog.shared.http.schemas import PageParameters, ProviderSlug, Strict, without_nul
from aiff_contracts import language
from aiff_contracts.offer import Kind

Pointer = Annotated[
    str,
    StringConstraints(max_length=200, pattern=r"^(/[^/]{1,80})*$"),
    AfterValidator(without_nul),
]
Account = Annotated[
    str, StringConstraints(min_length=1, max_length=120), AfterValidator(without_nul)
]
_MOST_COMMENTS = 100


class FieldComment(Strict):
    """What is to be changed in a field, named by its JSON pointer (empty: the whole text)."""

    pointer: Pointer = ""
    text: Said


class RequestedChanges(Strict):
    """Comments for the author, at least one."""

    comments: Annotated[tuple[FieldComment, ...], Field(min_length=1, max_length=_MOST_COMMENTS)]

    def said(self) -> tuple[Comment, ...]:
        """Return the comments as the domain knows them."""
        return tuple(
            Comment(pointer=comment.pointer, text=comment.text) for comment in self.comments
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(language.Strict):
    """When to publish; now where `publish_at` is left out."""

    publish_at: AwareDatetime | None = None


class Assignment(Strict):
    """Who reviews: the account of a curator."""

    reviewer: Account


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
class Review:
    """A text under review: what differs from what readers see, and from what was last reviewed.

    `since_last_review` is null where nobody has reviewed it yet.
    """

    offer: WriterOffer
    changes: tuple[FieldDifference, ...]
    since_last_review: tuple[FieldDifference, ...] | None
