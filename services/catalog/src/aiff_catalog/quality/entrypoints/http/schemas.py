"""The work list of curators as the interface accepts and shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field

from aiff_catalog.quality.application.assessments import WorkItem, WorkQuery
from aiff_catalog.quality.domain.links import LinkOutcome
from aiff_catalog.shared.http.schemas import PageParameters
from aiff_contracts.offer import Kind


class WorkParameters(PageParameters):
    """Which listings of the work list."""

    kind: Kind | None = None
    partner: str | None = Field(None, max_length=80)
    check: str | None = Field(None, max_length=40, pattern="^[a-z_]+$")
    claimed: Literal["me", "nobody"] | None = None

    def query(self, subject: str) -> WorkQuery:
        """Return the question with one item more than the page, which tells whether more come."""
        return WorkQuery(
            limit=self.limit + 1,
            kind=self.kind,
            partner=self.partner,
            check=self.check,
            claimed_by=subject if self.claimed == "me" else None,
            unclaimed=self.claimed == "nobody",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """A page of the work list."""

    items: tuple[WorkItem, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """What was seen of an address; it is dead once it was found gone twice, a day apart.

    `status` is null where no answer came, `gone_since` where it was not found gone.
    """

    url: str
    outcome: LinkOutcome
    dead: bool
    status: int | None
    checked_at: datetime
    gone_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkList:
    """The addresses in a listing that were asked."""

    items: tuple[LinkView, ...]
