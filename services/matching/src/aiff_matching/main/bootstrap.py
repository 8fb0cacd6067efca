"""Puts the parts together; the only place that names concrete adapters."""

from sqlalchemy import Engine

from aiff_contracts.events import OFFERS_TOPIC, topics_beside
from aiff_kit.bus import Bus
from aiff_kit.clock import Clock, utc_now
from aiff_kit.db import current_revision, head_revision, open_engine
from aiff_kit.encoder import Encoder, NoEncoder, sentence_encoder
from aiff_kit.http import CursorSigner, IdempotencyStore
from aiff_kit.observability import Figure
from aiff_kit.outbox import DeadLetters, EventFigures, Relay, Subscription
from aiff_kit.worker import Step
from aiff_matching.adapters.gpu_table import packaged_gpu_table
from aiff_matching.adapters.live_catalogue import SqlLiveCatalogue
from aiff_matching.adapters.tables import dead_letter, idempotency, outbox
from aiff_matching.adapters.unit_of_work import SqlUnitOfWork
from aiff_matching.application.meanings import OfferMeanings, meaning_of
from aiff_matching.application.needs import NeedCommands
from aiff_matching.application.ports import OpenUnitOfWork
from aiff_matching.application.projection import CONSUMER, OfferProjection
from aiff_matching.application.queries import MatchQueries, PlanQueries
from aiff_matching.application.startups import StartUpCommands
from aiff_matching.entrypoints.http.services import Services
from aiff_matching.main.settings import MatchingSettings

MIGRATIONS = "aiff_matching.adapters.migrations"


class Matching:
    """The service's parts on one database."""

    def __init__(self, settings: MatchingSettings, clock: Clock = utc_now) -> None:
        """Open the database; nothing is read or written yet."""
        self.clock = clock
        self.engine: Engine = open_engine(settings.database_url)
        self.projection = OfferProjection(self.unit_of_work)
        wanted = settings.encoder == "sentences"
        self.encoder: Encoder = sentence_encoder() if wanted else NoEncoder()
        self.catalogue = SqlLiveCatalogue(self.engine, self.encoder.model)
        self.meanings = OfferMeanings(self.unit_of_work, self.encoder)

    @property
    def unit_of_work(self) -> OpenUnitOfWork:
        """Return what opens a transaction."""
        return lambda: SqlUnitOfWork(self.engine)

    def services(self, secret: str) -> Services:
        """Return what the HTTP routes work with."""
        gpus = packaged_gpu_table()
        return Services(
            matches=MatchQueries(self.catalogue, gpus, self.encoder, self.unit_of_work, self.clock),
            plans=PlanQueries(self.catalogue, gpus, self.clock),
            startups=StartUpCommands(self.unit_of_work, self.clock),
            needs=NeedCommands(self.unit_of_work, self.clock),
            cursors=CursorSigner(secret),
            idempotency=IdempotencyStore(self.engine, idempotency, self.clock),
        )

    def worker_steps(self, bus: Bus) -> dict[str, Step]:
        """Return the background work: send own events, take over the catalogue's."""
        bus.ensure_topics(topics_beside(OFFERS_TOPIC))
        relay = Relay(self.engine, outbox, bus.producer())
        consumer = bus.consumer(CONSUMER, [OFFERS_TOPIC])
        dead_letters = DeadLetters(self.engine, dead_letter, outbox)
        offers = Subscription(CONSUMER, consumer, self.projection.handle, dead_letters)
        return {
            "relay": relay.forward,
            "projection": offers.step,
            "meanings": self.meanings.step,
        }

    def warm_up(self) -> None:
        """Load the encoder, so that the first question does not wait for it."""
        meaning_of("GPU", self.encoder)

    def figures(self, bus: Bus) -> dict[str, Figure]:
        """Return what is measured of the events now and then."""
        dead_letters = DeadLetters(self.engine, dead_letter, outbox)
        consumers = {CONSUMER: [OFFERS_TOPIC]}
        return EventFigures(self.engine, bus, outbox, dead_letters, consumers).all()

    def check_database(self) -> None:
        """Raise where the database does not answer or lacks a migration."""
        with self.engine.connect().execution_options(read_only=True) as connection:
            present = current_revision(connection)
        if present != head_revision(MIGRATIONS):
            message = "the database is not migrated; run: python -m aiff_matching migrate"
            raise RuntimeError(message)

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()
