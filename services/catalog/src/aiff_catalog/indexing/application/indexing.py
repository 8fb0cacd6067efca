"""Keeping the search index equal to the published offers.

The index is a disposable projection. Every path into it (an event, the clock, a rebuild) does
the same: read the offer's present document, put it or take it away. Doing it again is harmless.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from uuid import UUID

from aiff_catalog.indexing.application.ports import OpenIndexing
from aiff_catalog.offers.application.entries import entry_of
from aiff_catalog.search.application.ports import FreshIndex, SearchIndexWriter
from aiff_catalog.shared.schedule import holds_until
from aiff_kit.clock import Clock

_BATCH = 500
# Changes that were committing while a rebuild began are looked at again after it.
_OVERLAP = timedelta(minutes=1)


class OfferIndexer:
    """Brings entries of the index up to date."""

    def __init__(
        self, open_uow: OpenIndexing, writer: SearchIndexWriter, clock: Clock, model: str
    ) -> None:
        """Keep where to read, where to write, the clock, and whose sentence vectors to take."""
        self._open_uow = open_uow
        self._writer = writer
        self._clock = clock
        self._model = model

    def refresh(self, offer_ids: Iterable[UUID]) -> None:
        """Make the entries of these offers equal to their documents, and note that they are."""
        self.note(self.write(offer_ids))

    def note(self, written: Mapping[UUID, int]) -> None:
        """Note that searches find these versions."""
        if not written:
            return
        with self._open_uow() as uow:
            uow.documents.note_indexed(written)
            uow.commit()

    def write(self, offer_ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """Put or remove the entries of these offers in one commit; return the versions put."""
        wanted = tuple(dict.fromkeys(offer_ids))
        with self._open_uow() as uow:
            versions = uow.documents.versions(wanted)
            documents = uow.documents.of(wanted)
            vectors = uow.embeddings.of(self._model, wanted)
        now = self._clock()
        present = {document.offer_id for document in documents}
        self._writer.apply(
            [
                replace(entry_of(document, now), vector=vectors.get(document.offer_id))
                for document in documents
            ],
            {one: versions.get(one, 0) for one in wanted if one not in present},
        )
        return {document.offer_id: document.version for document in documents}

    def refresh_due(self) -> int:
        """Bring up to date the offers whose status the clock has changed; return how many."""
        now = self._clock()
        with self._open_uow() as uow:
            due = uow.documents.due(now)
        if not due:
            return 0
        self.refresh(due)
        with self._open_uow() as uow:
            for document in uow.documents.of(due):
                until = holds_until(document.schedule, now)
                uow.documents.look_again_at(entry_of(document, now), until)
            uow.commit()
        return len(due)

    def refresh_vectors(self) -> int:
        """Bring up to date the offers whose sentence vector is new; return how many."""
        with self._open_uow() as uow:
            versions = uow.embeddings.not_indexed(_BATCH)
        if not versions:
            return 0
        self.refresh(versions)
        with self._open_uow() as uow:
            uow.embeddings.note_indexed(versions)
            uow.commit()
        return len(versions)


def rebuild(
    open_uow: OpenIndexing,
    fresh: FreshIndex,
    clock: Clock,
    model: str,
    moving: Callable[[], None] = lambda: None,
) -> int:
    """Fill a fresh index, put it in use, then add what changed meanwhile; return the count.

    Readers answer from the old index until the switch. The other writer of the index follows
    the switch by itself. `moving` is called after each batch.
    """
    started = clock()
    indexer = OfferIndexer(open_uow, fresh, clock, model)
    with open_uow() as uow:
        offer_ids = uow.documents.all_ids()
    written: dict[UUID, int] = {}
    for batch in _batches(offer_ids):
        # Nobody searches there yet: what is noted is what the index in use has.
        written |= indexer.write(batch)
        moving()
    fresh.switch()
    indexer.note(written)
    with open_uow() as uow:
        changed = uow.documents.changed_since(started - _OVERLAP)
        newest = uow.documents.versions(changed)
    indexer.refresh(one for one in changed if newest.get(one) != written.get(one))
    return len(offer_ids)


def _batches(offer_ids: Sequence[UUID]) -> Iterable[tuple[UUID, ...]]:
    remaining = iter(offer_ids)
    while batch := tuple(islice(remaining, _BATCH)):
        yield batch
