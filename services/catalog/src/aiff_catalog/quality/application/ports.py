"""What is kept for the people at the desk: findings about listings, and figures about all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.application.assessments import Assessed, WorkItem, WorkQuery
from aiff_catalog.quality.domain.links import LinkSeen
from aiff_catalog.statistics.domain import Figure, Listed, Moved


class QualityStore(Protocol):
    """The assessments of listings and who works on them, inside a unit of work."""

    def due(self, before: datetime, changed_since: datetime | None, limit: int) -> Sequence[Offer]:
        """Return listings not assessed at their version, or assessed before an instant.

        `changed_since` looks only at those that changed at or after it, None at all.
        """

    def put(self, item: Assessed) -> None:
        """Store or replace an assessment; the claim stays."""

    def worst(self, query: WorkQuery) -> Sequence[WorkItem]:
        """Return listings with findings in the order of score and id."""

    def claim(self, offer_id: UUID, by: str, at: datetime) -> str:
        """Claim a listing that nobody has, and return who has it now."""

    def release(self, offer_id: UUID) -> None:
        """Forget a claim."""


class LinkStore(Protocol):
    """What was seen of the addresses in listings, inside a unit of work."""

    def due(self, looked_before: datetime, limit: int) -> Sequence[Offer]:
        """Return listings that changed since their addresses were asked, or were not for long."""

    def note(self, offer: Offer, at: datetime) -> None:
        """Note that the addresses of a listing were asked in its version."""

    def seen(self, urls: Collection[str]) -> Mapping[str, LinkSeen]:
        """Return what is known of those of the addresses that were ever asked."""

    def put(self, seen: LinkSeen) -> None:
        """Store or replace what is known of an address."""


class StatisticsStore(Protocol):
    """What figures are made of, and the figures of each day, inside a unit of work."""

    def listed(self) -> Iterable[Listed]:
        """Return all offers as they are counted."""

    def steps_since(self, instant: datetime) -> Iterable[Moved]:
        """Return the history since an instant, in the order of each offer's numbers."""

    def put(self, day: date, found: Sequence[Figure]) -> None:
        """Replace the figures of a day."""

    def of(self, day: date | None) -> tuple[date, Sequence[Figure]] | None:
        """Return the figures of a day, of the newest one for None."""

    def count_unanswered(self, day: date, counts: Mapping[str, float]) -> None:
        """Add to how often texts were asked without a result."""

    def unanswered(self) -> Mapping[str, int]:
        """Return the texts that enough asked for without a result, the most asked first."""

    def forget_unanswered_before(self, day: date) -> None:
        """Forget what lies longer ago."""
