"""Errors reported by readers as the interface accepts and shows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from aiff_catalog.quality.application.reported import ReportedOffer, ReportQuery
from aiff_catalog.quality.domain.reports import Outcome, Resolution, Subject, Told
from aiff_catalog.shared.http.schemas import PageParameters, Strict

_LONGEST = 2_000
_EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


class ErrorTold(Strict):
    """What a reader says is wrong with an offer."""

    subject: Subject = Field(description="`over`: the offer no longer exists.")
    message: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=10, max_length=_LONGEST),
    ] = Field(description="What is wrong and, best, where the right value stands.")
    pointer: Annotated[str, StringConstraints(max_length=200, pattern="^(/[^/]*)+$")] | None = (
        Field(None, description="The field that is wrong, as a JSON pointer into the offer.")
    )
    contact: Annotated[str, StringConstraints(max_length=254, pattern=_EMAIL)] | None = Field(
        None,
        description="An e-mail address, only where an answer is wanted. It is forgotten when the "
        "report is resolved, and after 180 days whatever happens.",
    )

    def told(self) -> Told:
        """Return what was said."""
        return Told(
            subject=self.subject, message=self.message, pointer=self.pointer, contact=self.contact
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedReport:
    """What a reader learns of a report: that it is kept, and under which number."""

    id: UUID
    received_at: datetime


class ReportParameters(PageParameters):
    """Which reports."""

    state: Literal["open", "resolved"] = "open"
    offer: str | None = Field(None, max_length=80, description="The slug of an offer.")

    def query(self) -> ReportQuery:
        """Return the question with one item more than the page, which tells whether more come."""
        return ReportQuery(limit=self.limit + 1, state=self.state, offer=self.offer)


class Resolve(Strict):
    """What came of a report."""

    outcome: Outcome = Field(
        description="`corrected`: the offer was wrong and is right now; `correct`: it was right; "
        "`unclear`: the report does not tell what is meant."
    )
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReportView:
    """A report as curators read it; `version` is the one that the reader saw.

    `contact` is null where no answer is wanted or it was forgotten, `resolution` while it is open.
    """

    id: UUID
    offer: ReportedOffer
    version: int
    subject: Subject
    pointer: str | None
    message: str
    contact: str | None
    received_at: datetime
    resolution: Resolution | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A page of reports: the longest open first, or the latest resolved."""

    items: tuple[ErrorReportView, ...]
    next: str | None
    prev: str | None
