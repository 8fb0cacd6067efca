"""The catalogue's parts, put together capability by capability."""

from collections.abc import Mapping, Sequence
from functools import partial

from aiff_catalog.main.settings import Settings
from aiff_catalog.main.wiring.base import open_base
from aiff_catalog.main.wiring.exchange import wire_exchange
from aiff_catalog.main.wiring.imports import wire_imports
from aiff_catalog.main.wiring.indexing import INDEX, wire_indexing
from aiff_catalog.main.wiring.loading import wire_loading
from aiff_catalog.main.wiring.offers import wire_offers
from aiff_catalog.main.wiring.partners import wire_partners
from aiff_catalog.main.wiring.quality import wire_quality
from aiff_catalog.main.wiring.reviews import wire_reviews
from aiff_catalog.main.wiring.search import wire_search
from aiff_catalog.main.wiring.statistics import wire_statistics
from aiff_catalog.main.wiring.vocabularies import follow_synonyms, wire_vocabularies
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_catalog.shared.tables import dead_letter, outbox
from aiff_contracts.events import OFFERS_STATE_TOPIC, OFFERS_TOPIC, VOCABULARIES_TOPIC
from aiff_kit.bus import Bus
from aiff_kit.clock import Clock
from aiff_kit.db import is_migrated
from aiff_kit.observability import Heartbeat
from aiff_kit.operations import DerivedCopy, states_of
from aiff_kit.service import EventTables, ServiceEvents
from aiff_kit.service.worker import STARTING, Step


class Catalog:
    """All capabilities on one database and one search engine; each attribute is one of them."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        """Open the database; nothing is read or written yet."""
        self._settings = settings
        self.base = base = open_base(settings, clock or settings.runtime.clock())
        self.statistics = wire_statistics(base)
        synonyms = follow_synonyms(base)
        self.search = wire_search(base, settings, synonyms, self.statistics.unanswered)
        self.vocabularies = wire_vocabularies(base, settings, self.search.offers)
        self.offers = wire_offers(base)
        self.indexing = wire_indexing(base, self.search.engine)
        self.partners = wire_partners(base)
        self.quality = wire_quality(base, settings, self.search, self.indexing.embeddings)
        self.reviews = wire_reviews(base, settings, self.offers.reads)
        self.imports = wire_imports(base, settings, self.partners)
        self.loader = wire_loading(self.offers)
        self.exchange = wire_exchange(base, settings)

    @property
    def events(self) -> ServiceEvents:
        """Return what the catalogue does with events."""
        return self._events(Heartbeat())

    def worker_steps(self, bus: Bus, heartbeat: Heartbeat | None = None) -> Mapping[str, Step]:
        """Return the background work: send events, index what changed, follow the clock.

        A rebuild may take longer than any step: it shows on the heartbeat that it goes on.
        """
        moving = heartbeat or Heartbeat()
        self.indexing.maintenance.ensure(lambda: moving.beat(STARTING))
        steps = {
            **self._events(moving).steps(bus),
            "meanings": self.indexing.embeddings.step,
            "calendar": self.reviews.calendar.step,
            "changes": self.exchange.numbering.step,
            "imports": lambda: self.imports.job.step(lambda: moving.beat("imports")),
            "quality": self.quality.assessment_job.step,
            "duplicates": self.quality.duplicate_job.step,
            "reports": self.quality.report_job.step,
            "statistics": self.statistics.job.step,
        }
        # Calling out to strangers is for whoever runs the catalogue to say.
        return steps | ({"links": self.quality.link_job.step} if self._settings.links.asked else {})

    def copies(self, bus: Bus) -> Sequence[DerivedCopy]:
        """Return what is made from the database, to be compared with it and mended."""
        return self.indexing.copies(partial(states_of, bus, OFFERS_STATE_TOPIC))

    def check_database(self) -> None:
        """Raise where the database does not answer or lacks a migration."""
        with self.base.engine.connect().execution_options(read_only=True) as connection:
            if not is_migrated(connection, MIGRATIONS):
                message = "the database is not migrated; run: python -m aiff_catalog migrate"
                raise RuntimeError(message)

    def warm_up(self) -> None:
        """Load the sentence encoder, so that the first reader does not wait for it."""
        self.search.questions.warm_up()

    async def stop(self) -> None:
        """Close what the web application opened in its event loop, then the rest."""
        await self.base.reader.close()
        await self.search.offers.close()
        self._finish()

    def close(self) -> None:
        """Give back what steps hold, in a thread without an event loop, then the rest."""
        self.quality.duplicate_job.close()
        self.imports.job.close()
        self._finish()

    def _finish(self) -> None:
        """Write what was counted and close the connections of writers."""
        self.statistics.unanswered.write()
        self.base.engine.dispose()

    def _events(self, heartbeat: Heartbeat) -> ServiceEvents:
        return ServiceEvents(
            self.base.engine,
            EventTables(outbox, dead_letter),
            (OFFERS_TOPIC, VOCABULARIES_TOPIC),
            [self.indexing.consumer(lambda: heartbeat.beat(INDEX))],
        )
