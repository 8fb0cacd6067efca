"""Puts the parts together; the only place that names concrete adapters."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError

from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.adapters.formats.xml import XmlFeeds
from aiff_catalog.exchange.adapters.reads import SqlExchangeReads
from aiff_catalog.exchange.application.numbering import ChangeNumbering
from aiff_catalog.exchange.entrypoints.http.services import ExchangeServices
from aiff_catalog.imports.adapters.files import TemporaryFiles
from aiff_catalog.imports.application.commands import ImportDesk
from aiff_catalog.imports.application.processing import ImportRounds
from aiff_catalog.imports.application.rows import OfferImport
from aiff_catalog.imports.entrypoints.http.services import ImportServices
from aiff_catalog.indexing.application.indexing import OfferIndexer, rebuild
from aiff_catalog.indexing.application.reconciling import (
    IndexMending,
    IndexPlace,
    StatePlace,
)
from aiff_catalog.indexing.entrypoints import GROUP, IndexFeed, offer_of
from aiff_catalog.loading.application import CatalogueLoader
from aiff_catalog.main.exports import exports, representations, schema_org_of
from aiff_catalog.main.search_engine import open_search_engine
from aiff_catalog.main.settings import (
    CatalogSettings,
    ExchangeSettings,
    ImportSettings,
    LinkSettings,
)
from aiff_catalog.main.unit_of_work import SqlUnitOfWork
from aiff_catalog.offers.adapters.reads import SqlOfferReads, SqlOrganisationReads
from aiff_catalog.offers.application.commands import OfferCommands, OrganisationCommands
from aiff_catalog.offers.entrypoints.http.services import OfferServices
from aiff_catalog.partners.application.writes import PartnerWrites
from aiff_catalog.partners.entrypoints.http.services import PartnerServices
from aiff_catalog.quality.adapters.links import SafeLinkAsker
from aiff_catalog.quality.application.duplicates import DuplicateRounds
from aiff_catalog.quality.application.link_checks import LinkRounds
from aiff_catalog.quality.application.merging import MergeCommands
from aiff_catalog.quality.application.work_list import QualityRounds
from aiff_catalog.quality.entrypoints.http.services import QualityServices
from aiff_catalog.reviews.application.calendar import PublicationCalendar
from aiff_catalog.reviews.application.decisions import ReviewCommands
from aiff_catalog.reviews.entrypoints.http.services import ReviewServices
from aiff_catalog.search.adapters.database import SqlPublishedLists
from aiff_catalog.search.adapters.language.marking import TextMarker
from aiff_catalog.search.application.embeddings import QuestionEmbeddings
from aiff_catalog.search.application.ports import SearchIndex
from aiff_catalog.search.application.searching import OfferSearch, ReaderSearches
from aiff_catalog.search.entrypoints.http.measures import note_search
from aiff_catalog.search.entrypoints.http.services import SearchServices
from aiff_catalog.shared.database import open_database
from aiff_catalog.shared.errors import DatabaseUnavailableError, SearchIndexUnavailableError
from aiff_catalog.shared.reader_postgres import PostgresReader
from aiff_catalog.shared.reader_sqlite import SqliteReader
from aiff_catalog.shared.reading import DatabaseReader
from aiff_catalog.shared.tables import dead_letter, outbox
from aiff_catalog.shared.tables import idempotency as idempotency_keys
from aiff_catalog.statistics.application import Statistics, UnansweredSearches
from aiff_catalog.vocabularies.application.current import (
    live_synonyms,
    live_words,
    spellings_now,
)
from aiff_catalog.vocabularies.application.editing import VocabularyCommands
from aiff_catalog.vocabularies.application.preview import VocabularyPreview
from aiff_catalog.vocabularies.entrypoints.http.services import VocabularyServices
from aiff_contracts.events import (
    OFFERS_STATE_TOPIC,
    OFFERS_TOPIC,
    VOCABULARIES_TOPIC,
    topics_beside,
)
from aiff_kit.bus import Bus, BusUnavailableError
from aiff_kit.clock import Clock, utc_now
from aiff_kit.db import is_migrated, rehearsal, shared_transaction
from aiff_kit.encoder import Encoder, NoEncoder, sentence_encoder
from aiff_kit.http import Admission, CursorSigner, IdempotencyStore
from aiff_kit.meanings import OfferMeanings
from aiff_kit.observability import Figure, Pulse
from aiff_kit.operations import EventDesk, Place, Reader, states_of
from aiff_kit.outbox import DeadLetters, EventFigures, OutboxDepth, Relay
from aiff_kit.settings import read
from aiff_kit.worker import STARTING, Step

MIGRATIONS = "aiff_catalog.shared.migrations"
INDEX = "index"
_DUMPS_AT_ONCE = 4
# Faults of the surroundings: what was being indexed is tried again until they end.
PASSING = (
    BusUnavailableError,
    DatabaseUnavailableError,
    DBAPIError,
    OSError,
    SearchIndexUnavailableError,
)


class Catalog:
    """The catalogue's parts on one database and one search engine."""

    def __init__(
        self,
        settings: CatalogSettings,
        clock: Clock = utc_now,
        exchange: ExchangeSettings | None = None,
    ) -> None:
        """Open the database; nothing is read or written yet."""
        self.clock = clock
        self._exchange = exchange or read(ExchangeSettings)
        self.engine: Engine = open_database(settings.database_url)
        self.reader = _reader(settings.database_url)
        self.search = open_search_engine(settings, clock)
        self._lists = SqlPublishedLists(self.reader)
        self.synonyms = live_synonyms(self.unit_of_work, PASSING)
        wanted = settings.encoder == "sentences"
        self.encoder: Encoder = sentence_encoder() if wanted else NoEncoder()
        self.meanings = OfferMeanings(self.unit_of_work, self.encoder)
        self.questions = QuestionEmbeddings(self.encoder)
        self.offers = OfferCommands(self.unit_of_work, clock)
        self.reviews = ReviewCommands(self.unit_of_work, clock, four_eyes=settings.four_eyes)
        self.vocabularies = VocabularyCommands(
            self.unit_of_work, clock, four_eyes=settings.four_eyes
        )
        days = settings.expire_after_days
        stays = None if days is None else timedelta(days=days)
        self.calendar = PublicationCalendar(self.unit_of_work, clock, stays)
        kept = timedelta(days=self._exchange.changes_kept_days)
        self.numbering = ChangeNumbering(self.unit_of_work, clock, kept)
        self.organisations = OrganisationCommands(self.unit_of_work, clock)
        rehearse = partial(rehearsal, self.engine)
        self.partners = PartnerWrites(self.unit_of_work, clock, rehearse)
        self.quality = QualityRounds(self.unit_of_work, clock)
        self.merging = MergeCommands(self.unit_of_work, clock)
        self.statistics = Statistics(self.unit_of_work, clock)
        self.unanswered = UnansweredSearches(self.unit_of_work, clock)
        self.imports = OfferImport(self.partners, partial(spellings_now, self.unit_of_work))
        self.duplicates = self._duplicates()
        self.links = LinkRounds(self.unit_of_work, SafeLinkAsker(), clock, read(LinkSettings).every)
        self.import_desk = ImportDesk(self.unit_of_work, clock)
        self.import_rounds = self._import_rounds()
        self._dead_letters = DeadLetters(self.engine, dead_letter, outbox)
        self.loader = CatalogueLoader(self.offers, self.organisations)

    @property
    def unit_of_work(self) -> Callable[[], SqlUnitOfWork]:
        """Return what opens a transaction."""
        return lambda: SqlUnitOfWork(self.engine)

    def services(self, secret: str) -> Mapping[type, object]:
        """Return what the HTTP routes work with, by capability."""
        cursors, clock = CursorSigner(secret), self.clock
        idempotency = IdempotencyStore(self.engine, idempotency_keys, clock)
        addresses = Addresses(self._exchange.public_url)
        organisation_reads = SqlOrganisationReads(self.reader)
        search = self._offer_search(self.search.index)
        provided: list[object] = [
            SearchServices(
                searches=ReaderSearches(
                    search, self._lists, TextMarker(), self.unanswered, note_search
                ),
                cursors=cursors,
            ),
            VocabularyServices(
                words=live_words(self.unit_of_work, PASSING),
                commands=self.vocabularies,
                previews=VocabularyPreview(self.unit_of_work, search),
            ),
            OfferServices(
                reads=SqlOfferReads(self.reader),
                organisation_reads=organisation_reads,
                commands=self.offers,
                organisations=self.organisations,
                representations=representations(addresses),
                schema_org=schema_org_of(addresses),
                cursors=cursors,
                idempotency=idempotency,
                clock=clock,
            ),
            PartnerServices(
                writes=self.partners, cursors=cursors, idempotency=idempotency, clock=clock
            ),
            QualityServices(
                work_list=self.quality,
                links=self.links,
                duplicates=self.duplicates,
                merging=self.merging,
                cursors=cursors,
            ),
            ReviewServices(commands=self.reviews),
            ImportServices(commands=self.import_desk, cursors=cursors, idempotency=idempotency),
            ExchangeServices(
                reads=SqlExchangeReads(self.reader),
                exports=exports(addresses),
                feeds=XmlFeeds(addresses),
                dumps=Admission(_DUMPS_AT_ONCE),
                cursors=cursors,
                clock=clock,
            ),
            self.statistics,
        ]
        return {type(one): one for one in provided}

    def rebuild_index(self, moving: Callable[[], None] = lambda: None) -> int:
        """Build the index anew beside the one in use, switch, and return the offers in it.

        `moving` is called after each batch.
        """
        with self.search.fresh() as fresh:
            return rebuild(self.unit_of_work, fresh, self.clock, self.encoder.model, moving)

    def worker_steps(self, bus: Bus, pulse: Pulse | None = None) -> dict[str, Step]:
        """Return the background work: send events, index what changed, follow the clock.

        A rebuild may take longer than any step: it shows on the pulse that it goes on.
        """
        moving = pulse or Pulse()
        self._ensure_index(lambda: moving.beat(STARTING))
        for topic in (OFFERS_TOPIC, VOCABULARIES_TOPIC):
            bus.ensure_topics(topics_beside(topic))
        relay = Relay(self.engine, outbox, bus.producer())
        indexer = OfferIndexer(
            self.unit_of_work, self.search.writer, self.clock, self.encoder.model
        )
        consumer = bus.consumer(GROUP, [OFFERS_TOPIC])
        feed = IndexFeed(consumer, indexer, self._dead_letters, PASSING)
        steps = {
            "relay": relay.forward,
            INDEX: lambda: self._keep_index(feed, indexer, moving),
            "meanings": self.meanings.step,
            "calendar": self.calendar.step,
            "changes": self.numbering.step,
            "imports": lambda: self.import_rounds.step(lambda: moving.beat("imports")),
            "quality": self.quality.step,
            "duplicates": self.duplicates.step,
            "statistics": self.statistics.step,
        }
        # Calling out to strangers is for whoever runs the catalogue to say.
        return {**steps, "links": self.links.step} if read(LinkSettings).asked else steps

    def figures(self, bus: Bus) -> dict[str, Figure]:
        """Return what is measured of the events now and then."""
        depth, consumers = OutboxDepth(self.engine, outbox), {GROUP: [OFFERS_TOPIC]}
        return EventFigures(bus, depth, self._dead_letters, consumers).all()

    def desk(self, bus: Bus) -> EventDesk:
        """Return the service's events as an operator sees them."""
        mending = self._mending()
        reader = Reader(
            GROUP,
            (OFFERS_TOPIC,),
            lambda delivered: mending.refresh([offer_of(delivered)]),
            PASSING,
        )
        return EventDesk(bus, OutboxDepth(self.engine, outbox), self._dead_letters, [reader])

    def copies(self, bus: Bus) -> list[Place]:
        """Return what is made from the database, to be compared with it and mended."""
        states = partial(states_of, bus, OFFERS_STATE_TOPIC)
        return [
            IndexPlace(self.unit_of_work, self.search.contents, self._mending()),
            StatePlace(self.unit_of_work, states, self.clock),
        ]

    def check_database(self) -> None:
        """Raise where the database does not answer or lacks a migration."""
        with self.engine.connect().execution_options(read_only=True) as connection:
            if not is_migrated(connection, MIGRATIONS):
                message = "the database is not migrated; run: python -m aiff_catalog migrate"
                raise RuntimeError(message)

    async def close_reading(self) -> None:
        """Close what the web application opened in its event loop."""
        await self.reader.close()
        await self.search.index.close()

    def close_work(self) -> None:
        """Give back what the steps of a worker hold, in a thread without an event loop."""
        self.duplicates.close()
        self.import_rounds.close()

    def close(self) -> None:
        """Write what was counted and close the connections of writers."""
        self.unanswered.write()
        self.engine.dispose()

    def _duplicates(self) -> DuplicateRounds:
        def opened() -> OfferSearch:
            return self._offer_search(self.search.reader())

        return DuplicateRounds(self.unit_of_work, opened, self.meanings, self.clock)

    def _offer_search(self, index: SearchIndex) -> OfferSearch:
        return OfferSearch(index, self._lists, self.questions, self.synonyms, self.clock)

    def _import_rounds(self) -> ImportRounds:
        return ImportRounds(
            self.unit_of_work,
            self.imports,
            TemporaryFiles(read(ImportSettings).limits),
            partial(shared_transaction, self.engine),
            self.clock,
            PASSING,
        )

    def _mending(self) -> IndexMending:
        indexer = OfferIndexer(
            self.unit_of_work, self.search.writer, self.clock, self.encoder.model
        )
        return IndexMending(indexer, self.rebuild_index)

    def _keep_index(self, feed: IndexFeed, indexer: OfferIndexer, pulse: Pulse) -> int:
        """Index what changed; one thread writes, so the clock's work follows the events'."""
        try:
            return feed.step() + indexer.refresh_due() + indexer.refresh_meanings()
        except SearchIndexUnavailableError:
            self._ensure_index(lambda: pulse.beat(INDEX))
            raise

    def _ensure_index(self, moving: Callable[[], None]) -> None:
        """Events that were handled once do not come again: a lost index is built from the data."""
        try:
            self.search.count()
        except SearchIndexUnavailableError:
            self.rebuild_index(moving)


def _reader(url: str) -> DatabaseReader:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return PostgresReader(url)
    return SqliteReader(Path(parsed.database or ""))
