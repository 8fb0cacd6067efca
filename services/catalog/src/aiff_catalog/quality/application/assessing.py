"""The quality of listings, worked out with all that is known around them."""

from collections.abc import Sequence
from datetime import datetime

from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.application.assessments import Assessed
from aiff_catalog.quality.application.ports import AssessmentUnitOfWork
from aiff_catalog.quality.domain.checks import assess
from aiff_catalog.quality.domain.findings import Quality, Seen
from aiff_catalog.quality.domain.links import addresses


def store_quality(uow: AssessmentUnitOfWork, offers: Sequence[Offer], now: datetime) -> None:
    """Store what the checks find in the texts that editors work on."""
    for offer, quality in zip(offers, qualities(uow, offers, now), strict=True):
        uow.quality.put(Assessed(offer=offer, quality=quality, at=now))


def qualities(uow: AssessmentUnitOfWork, offers: Sequence[Offer], now: datetime) -> list[Quality]:
    """Return what the checks find, with three statements for all."""
    ids = [offer.id for offer in offers]
    twins, reported = uow.duplicates.twins(ids), uow.reports.places(ids)
    dead, nowhere = _dead(uow, offers), frozenset[str]()
    seen = {
        one: Seen(
            now=now, has_twin=one in twins, dead_links=dead, reported=reported.get(one, nowhere)
        )
        for one in ids
    }
    return [assess(one.working, seen[one.id]) for one in offers]


def _dead(uow: AssessmentUnitOfWork, offers: Sequence[Offer]) -> frozenset[str]:
    """Return the addresses in the offers that lead nowhere any more."""
    named = {url for offer in offers for _, url in addresses(offer.working)}
    return frozenset(url for url, seen in uow.links.seen(named).items() if seen.is_dead)
