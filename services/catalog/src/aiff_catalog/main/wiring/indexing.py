"""The search index and the topic of states, kept equal to the published offers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiff_catalog.indexing.application.indexing import OfferIndexer
from aiff_catalog.indexing.application.maintenance import IndexMaintenance
from aiff_catalog.indexing.application.reconciling import IndexCopy, IndexMending, StatesCopy
from aiff_catalog.indexing.entrypoints import GROUP, IndexFeed, offer_of
from aiff_catalog.main.wiring.base import PASSING, Base
from aiff_catalog.main.wiring.search_engine import SearchEngine
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_contracts.events import OFFERS_TOPIC
from aiff_kit.bus import Consumer
from aiff_kit.embeddings import OfferEmbeddings
from aiff_kit.operations import DerivedCopy, KeyState
from aiff_kit.outbox import DeadLetters
from aiff_kit.service import EventConsumer
from aiff_kit.service.worker import Step

INDEX = "index"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexingParts:
    """What makes entries and vectors, and what makes or mends a whole index."""

    base: Base
    engine: SearchEngine
    indexer: OfferIndexer
    maintenance: IndexMaintenance
    mending: IndexMending
    embeddings: OfferEmbeddings

    def consumer(self, moving: Callable[[], None]) -> EventConsumer:
        """Return what the events of offers are for: they say what to index again."""

        def opened(consumer: Consumer, dead_letters: DeadLetters) -> Step:
            feed = IndexFeed(consumer, self.indexer, dead_letters, PASSING)
            return lambda: self._keep(feed, moving)

        return EventConsumer(
            step=INDEX,
            group=GROUP,
            topic=OFFERS_TOPIC,
            open=opened,
            handle=lambda delivered: self.mending.refresh([offer_of(delivered)]),
            passing=PASSING,
        )

    def copies(self, states: Callable[[], Mapping[str, KeyState]]) -> list[DerivedCopy]:
        """Return what is made from the database, to be compared with it and mended."""
        return [
            IndexCopy(self.base.open, self.engine.contents, self.mending),
            StatesCopy(self.base.open, states, self.base.clock),
        ]

    def _keep(self, feed: IndexFeed, moving: Callable[[], None]) -> int:
        """Index what changed; one thread writes, so the clock's work follows the events'."""
        try:
            return feed.step() + self.indexer.refresh_due() + self.indexer.refresh_vectors()
        except SearchIndexUnavailableError:
            self.maintenance.ensure(moving)
            raise


def wire_indexing(base: Base, engine: SearchEngine) -> IndexingParts:
    """Return what keeps the copies."""
    model = base.encoder.model
    indexer = OfferIndexer(base.open, engine.writer, base.clock, model)
    maintenance = IndexMaintenance(base.open, engine.fresh, engine.count, base.clock, model)
    return IndexingParts(
        base=base,
        engine=engine,
        indexer=indexer,
        maintenance=maintenance,
        mending=IndexMending(indexer, maintenance.rebuild),
        embeddings=OfferEmbeddings(base.open, base.encoder),
    )
