"""Two listings are one offer: one stays, the other leads to it."""

from aiff_catalog.offers.application.changing import (
    Note,
    OfferTarget,
    require_curator,
    save,
    writable_offer,
)
from aiff_catalog.offers.domain import offer as offers
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.quality.application.ports import OpenQuality, QualityUnitOfWork
from aiff_catalog.shared.authorship import providers_of
from aiff_catalog.shared.errors import StillNamedError
from aiff_kit.clock import Clock


class MergeCommands:
    """The use case of merging; nothing of either listing's history is lost."""

    def __init__(self, open_uow: OpenQuality, clock: Clock) -> None:
        """Keep where to write and the clock."""
        self._open_uow = open_uow
        self._clock = clock

    def merge(self, target: OfferTarget, into: str, reason: str) -> Offer:
        """Archive a listing that is the same offer as another one, and return it.

        Its addresses lead to the other one from then on, and so do those that led to it. Records
        of partners go along where the partner provides the other one and has none for it yet.
        Raises StillNamedError where other offers name it.
        """
        require_curator(target.by)
        with self._open_uow() as uow:
            gone, kept = self._both(uow, target, into)
            offers.require_version(gone, target.version)
            now = self._clock()
            merged = offers.merge(gone, kept, reason, now)
            if naming := [slug for slug in uow.offers.naming_offer(gone.slug) if slug != gone.slug]:
                raise StillNamedError(gone.slug, naming)
            told = Note(action="merged", by=target.by, reason=f"{kept.slug}: {reason}")
            save(uow, gone, merged, told)
            told = Note(action="absorbed", by=target.by, reason=f"{gone.slug}: {reason}")
            save(uow, kept, offers.noted(kept, now), told)
            uow.offers.lead_on(gone.id, kept.id)
            uow.partners.hand_over(gone.id, kept.id, providers_of(kept.text))
            uow.duplicates.forget(gone.id)
            uow.commit()
        return merged

    def _both(self, uow: QualityUnitOfWork, target: OfferTarget, into: str) -> tuple[Offer, Offer]:
        """Return both as they are now; nobody changes them until the transaction ends."""
        gone, kept = (
            writable_offer(uow, target.reference, target.by),
            writable_offer(uow, into, target.by),
        )
        held = {one.id: one for one in uow.offers.hold({gone.id, kept.id})}
        return held[gone.id], held[kept.id]
