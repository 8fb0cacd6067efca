"""The list that curators work through, worst first; who works on a listing says so by a claim."""

from collections.abc import Sequence

from aiff_catalog.offers.application.changing import writable_offer
from aiff_catalog.quality.application.assessing import qualities
from aiff_catalog.quality.application.assessments import WorkItem, WorkQuery
from aiff_catalog.quality.application.ports import OpenQuality
from aiff_catalog.quality.domain.findings import Quality
from aiff_catalog.quality.domain.links import LinkSeen, addresses
from aiff_catalog.shared.authorship import Authorship
from aiff_catalog.shared.errors import ClaimedError
from aiff_kit.clock import Clock


class WorkList:
    """What curators read of the quality of listings, and what they take on."""

    def __init__(self, open_uow: OpenQuality, clock: Clock) -> None:
        """Keep what opens a transaction, and the clock."""
        self._open = open_uow
        self._clock = clock

    def worst(self, query: WorkQuery) -> Sequence[WorkItem]:
        """Return listings with findings, the worst first."""
        with self._open() as uow:
            return uow.quality.worst(query)

    def of(self, reference: str, by: Authorship) -> Quality:
        """Return what the checks find now in the text that editors work on."""
        with self._open() as uow:
            (quality,) = qualities(uow, [writable_offer(uow, reference, by)], self._clock())
        return quality

    def claim(self, reference: str, by: Authorship) -> None:
        """Say that the author works on a listing; ClaimedError where somebody else does."""
        now = self._clock()
        with self._open() as uow:
            offer = writable_offer(uow, reference, by)
            holder = uow.quality.claim(offer.id, by.author, now)
            if holder != by.author:
                raise ClaimedError(offer.slug, holder)
            uow.commit()

    def release(self, reference: str, by: Authorship) -> None:
        """Give a listing back; any curator may, so that none is held for ever."""
        with self._open() as uow:
            uow.quality.release(writable_offer(uow, reference, by).id)
            uow.commit()

    def links(self, reference: str, by: Authorship) -> Sequence[LinkSeen]:
        """Return what is known of the addresses in the text that editors work on."""
        with self._open() as uow:
            offer = writable_offer(uow, reference, by)
            named = [url for _, url in addresses(offer.working)]
            known = uow.links.seen(named)
        return [known[url] for url in dict.fromkeys(named) if url in known]
