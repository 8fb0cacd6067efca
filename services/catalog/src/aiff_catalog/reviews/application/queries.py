"""What reviewers read: a text that waits, and the one that was reviewed before it."""

from dataclasses import dataclass

from aiff_catalog.offers.application.ports import OfferReads
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.shared.errors import OfferNotFoundError
from aiff_contracts.offer import OfferContent


@dataclass(frozen=True, slots=True)
class UnderReview:
    """An offer with its pending revision; `reviewed` is the text of the last review, if any."""

    offer: Offer
    reviewed: OfferContent | None


class ReviewQueries:
    """The reads of reviewers."""

    def __init__(self, reads: OfferReads) -> None:
        """Keep what reads."""
        self._reads = reads

    async def under_review(self, reference: str) -> UnderReview:
        """Return a text under review; OfferNotFoundError where nothing is pending."""
        offer = await self._reads.working_copy(reference, None)
        if offer is None or offer.pending is None:
            raise OfferNotFoundError(reference)
        reviewed = None
        if offer.pending.reviewed is not None:
            reviewed = await self._reads.text_at(offer.id, offer.pending.reviewed)
        return UnderReview(offer, reviewed)
