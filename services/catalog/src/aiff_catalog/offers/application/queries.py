"""What writers read of an offer: the text that they work on, its history, its differences."""

from collections.abc import Sequence
from uuid import UUID

from aiff_catalog.offers.application.ports import OfferReads
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.offers.domain.revision import Revision
from aiff_catalog.shared.errors import OfferNotFoundError, TextNotKeptError
from aiff_contracts.offer import OfferContent


class OfferQueries:
    """The reads of writers; `limited_to` is whose offers they may see, None for all.

    What somebody else provides is as unknown as what does not exist: OfferNotFoundError.
    """

    def __init__(self, reads: OfferReads) -> None:
        """Keep what reads."""
        self._reads = reads

    async def working_copy(self, reference: str, limited_to: str | None) -> Offer:
        """Return an offer in any state."""
        offer = await self._reads.working_copy(reference, limited_to)
        if offer is None:
            raise OfferNotFoundError(reference)
        return offer

    async def offer_id(self, reference: str, limited_to: str | None) -> UUID:
        """Return the id of an offer in any state."""
        offer_id = await self._reads.offer_id(reference, limited_to)
        if offer_id is None:
            raise OfferNotFoundError(reference)
        return offer_id

    async def revisions(self, offer_id: UUID, before: int | None, limit: int) -> Sequence[Revision]:
        """Return revisions below a number (None: all), newest first."""
        return await self._reads.revisions(offer_id, before, limit)

    async def texts(
        self, reference: str, limited_to: str | None, names: Sequence[str]
    ) -> list[OfferContent]:
        """Return the texts that names stand for: numbers of the history, `live` or `pending`.

        NothingPendingError and TextNotKeptError where there is none.
        """
        offer = await self.working_copy(reference, limited_to)
        return [await self._text(offer, name) for name in names]

    async def _text(self, offer: Offer, name: str) -> OfferContent:
        if name == "pending":
            return offer.waiting.content
        if name == "live":
            return offer.text
        number, text = int(name), None
        if number <= offer.version:
            text = await self._reads.text_at(offer.id, number)
        if text is None:
            raise TextNotKeptError(offer.slug, number)
        return text
