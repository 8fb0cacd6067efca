"""Comparing published offers: each is found as readers know it, or named as the one in the way."""

from collections.abc import Sequence

from aiff_catalog.offers.application.ports import Gone, Moved, OfferReads, StoredDocument
from aiff_contracts.codec import Fault, Faults


class OfferComparing:
    """Finds the offers of a comparison."""

    def __init__(self, reads: OfferReads) -> None:
        """Keep what reads."""
        self._reads = reads

    async def documents(self, references: Sequence[str]) -> list[StoredDocument]:
        """Return the documents of ids or slugs, in their order.

        Faults names each that is archived, merged, renamed, unknown or there twice.
        """
        found = [await self._reads.offer(reference) for reference in references]
        documents, faults, seen = [], [], set[str]()
        for place, (reference, one) in enumerate(zip(references, found, strict=True)):
            if isinstance(one, StoredDocument) and one.offer_id not in seen:
                seen.add(one.offer_id)
                documents.append(one)
            else:
                faults.append(Fault(f"/offers/{place}", *_refusal(reference, one)))
        if faults:
            raise Faults(faults)
        return documents


def _refusal(reference: str, found: StoredDocument | Moved | Gone | None) -> tuple[str, str]:
    match found:
        case StoredDocument(slug=slug):
            return "repeated", f"{slug} is compared already; name another offer"
        case Moved(slug=slug):
            return "moved", f"{reference} is {slug} now; name that one"
        case Gone(state=state, reason=reason):
            return "gone", f"{reference} is {state}: {reason}; leave it out"
    return "unknown", f"no published offer is known as {reference}; leave it out"
