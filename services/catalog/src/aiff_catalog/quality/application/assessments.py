"""What is kept of the quality of listings, and how curators ask for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.domain.findings import Quality, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What the checks found in the text that editors work on, at one version of the offer."""

    offer: Offer
    quality: Quality
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkQuery:
    """Which listings, after which place (score and id), how many; None: any."""

    limit: int
    kind: str | None = None
    partner: str | None = None
    check: str | None = None
    claimed_by: str | None = None
    unclaimed: bool = False
    after: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """A listing to be mended: its score, its worst finding, the checks that found something."""

    id: UUID
    slug: str
    kind: str
    partner: str
    state: str
    title: dict[str, Any]
    score: int
    severity: Severity
    checks: tuple[str, ...]
    assessed_at: datetime
    claimed_by: str | None
    claimed_at: datetime | None
