"""Errors that readers reported, as they are asked for and shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from aiff_catalog.quality.domain.reports import ErrorReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedOffer:
    """The offer of a report as curators read it; `version` is its newest one."""

    id: UUID
    slug: str
    title: dict[str, Any]
    state: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report with its offer."""

    report: ErrorReport
    offer: ReportedOffer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuery:
    """Which reports, after which place (instant and id), how many."""

    limit: int
    state: Literal["open", "resolved"] = "open"
    offer: str | None = None
    after: tuple[datetime, UUID] | None = None
