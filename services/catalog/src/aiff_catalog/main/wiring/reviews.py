"""Reviews, publication, and what the clock publishes and expires."""

from dataclasses import dataclass
from datetime import timedelta

from aiff_catalog.main.settings import Settings
from aiff_catalog.main.wiring.base import Base
from aiff_catalog.offers.application.ports import OfferReads
from aiff_catalog.reviews.application.calendar import PublicationCalendar
from aiff_catalog.reviews.application.decisions import ReviewCommands
from aiff_catalog.reviews.application.queries import ReviewQueries


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewParts:
    """What people decide and read, and what the clock does."""

    commands: ReviewCommands
    queries: ReviewQueries
    calendar: PublicationCalendar


def wire_reviews(base: Base, settings: Settings, reads: OfferReads) -> ReviewParts:
    """Return the use cases of reviews."""
    days = settings.catalog.expire_after_days
    stays = None if days is None else timedelta(days=days)
    four_eyes = settings.catalog.four_eyes
    return ReviewParts(
        commands=ReviewCommands(base.open, base.clock, four_eyes=four_eyes),
        queries=ReviewQueries(reads),
        calendar=PublicationCalendar(base.open, base.clock, stays),
    )
