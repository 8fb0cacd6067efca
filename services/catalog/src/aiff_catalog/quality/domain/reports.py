"""Errors that readers report: what they say is wrong with an offer, and what a curator found.

Anybody may report, so a report is a stranger's word: it changes nothing by itself and is shown to
curators only. A contact is personal data that serves one answer: it is forgotten with the
resolution, and after `CONTACT_HOLDS` whatever happens (GDPR, article 5(1)(e)).
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from aiff_catalog.shared.errors import ReportResolvedError

Subject = Literal["amount", "deadline", "eligibility", "contact", "link", "over", "text", "other"]
Outcome = Literal["corrected", "correct", "unclear"]
CONTACT_HOLDS = timedelta(days=180)
RESOLUTION_HOLDS = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a reader says: what is wrong, where (JSON pointer, None for nowhere in particular).

    `contact` is an e-mail address for an answer, None where the reader wants none.
    """

    subject: Subject
    message: str
    pointer: str | None = None
    contact: str | None = None

    @property
    def digest(self) -> bytes:
        """Return what two reports have in common that say the same, whoever sends them."""
        said = "\x00".join((self.subject, self.pointer or "", " ".join(self.message.split())))
        return hashlib.sha256(said.encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who looked at it when, what came of it, and what a colleague should know."""

    by: str
    at: datetime
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReport:
    """A report on an offer in the version that readers saw; open while `resolution` is None."""

    id: UUID
    offer_id: UUID
    version: int
    told: Told
    received_at: datetime
    resolution: Resolution | None = None


def resolved(report: ErrorReport, resolution: Resolution) -> ErrorReport:
    """Return the report with its resolution and without the contact; only open ones have one."""
    if report.resolution is not None:
        raise ReportResolvedError(report.id, report.resolution.by)
    return replace(report, told=replace(report.told, contact=None), resolution=resolution)
