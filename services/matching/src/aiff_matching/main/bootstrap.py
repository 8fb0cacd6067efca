"""Puts the parts together; the only place that names concrete adapters."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import Connection, Engine

from aiff_contracts.events import (
    INTRODUCTIONS_TOPIC,
    MATCHES_TOPIC,
    OFFERS_STATE_TOPIC,
    OFFERS_TOPIC,
    RATINGS_TOPIC,
    VOCABULARIES_STATE_TOPIC,
    VOCABULARIES_TOPIC,
    Event,
    dead_letter_topic,
    topics_beside,
)
from aiff_kit.bus import Bus, event_of
from aiff_kit.clock import Clock, utc_now
from aiff_kit.db import is_migrated, open_engine
from aiff_kit.encoder import Encoder, NoEncoder, sentence_encoder
from aiff_kit.http import CursorSigner, IdempotencyStore
from aiff_kit.meanings import OfferMeanings
from aiff_kit.observability import Figure
from aiff_kit.operations import EventDesk, Reader, handling, states_of
from aiff_kit.outbox import DeadLetters, EventFigures, OutboxDepth, Relay, Subscription
from aiff_kit.worker import Step
from aiff_matching.answers.application.embedding import meaning_of
from aiff_matching.answers.application.queries import MatchQueries
from aiff_matching.authoring.application import RuleChecks
from aiff_matching.compute import application as vocabularies
from aiff_matching.compute.adapters.gpu_table import SqlLiveGpus
from aiff_matching.compute.application import VocabularyProjection
from aiff_matching.coverage.application import CoverageRounds
from aiff_matching.experience.adapters import yielding
from aiff_matching.experience.application import ExposureCap, ExposureMeter
from aiff_matching.experience.domain import Experience
from aiff_matching.introductions.adapters.acceptances import acceptances
from aiff_matching.introductions.application.answering import (
    IntroductionTray,
    ReceivedIntroductions,
)
from aiff_matching.introductions.application.evidence import EvidenceDesk
from aiff_matching.introductions.application.introductions import IntroductionCommands
from aiff_matching.introductions.application.reminding import IntroductionClock
from aiff_matching.introductions.domain.follow_up import FollowUp
from aiff_matching.journeys.application import JourneyQueries
from aiff_matching.main.services import Services
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.main.unit_of_work import SqlUnitOfWork
from aiff_matching.offers.adapters.live_catalogue import SqlLiveCatalogue
from aiff_matching.offers.application.projection import CONSUMER, OfferProjection
from aiff_matching.offers.application.rebuilding import ProjectionPlace, ProjectionRebuild
from aiff_matching.partners.application.discoverability import DiscoverabilityCommands
from aiff_matching.partners.application.searches import PartnerSearchCommands, StartUpFinder
from aiff_matching.plans.application import PlanQueries
from aiff_matching.profiles.application.needs import NeedCommands
from aiff_matching.profiles.application.startups import StartUpCommands
from aiff_matching.shared.errors import UnreadableStateError
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.tables import dead_letter, idempotency, outbox
from aiff_matching.watching.application.alerts import AlertCommands
from aiff_matching.watching.application.watched_needs import WatchedNeeds
from aiff_matching.watching.application.watching import NeedWatch


class Matching:
    """The service's parts on one database."""

    def __init__(self, settings: MatchingSettings, clock: Clock = utc_now) -> None:
        """Open the database; nothing is read or written yet."""
        self.clock = clock
        self.engine: Engine = open_engine(settings.database_url)
        self.projection = OfferProjection(self.unit_of_work)
        self.vocabularies = VocabularyProjection(self.unit_of_work)
        wanted = settings.encoder == "sentences"
        self.encoder: Encoder = sentence_encoder() if wanted else NoEncoder()
        self.catalogue = SqlLiveCatalogue(self.engine, self.encoder.model, _experience)
        self.meanings = OfferMeanings(self.unit_of_work, self.encoder)
        self._gpus = SqlLiveGpus(self.engine)
        self._introduction_days = settings.introduction_days
        self.matches = MatchQueries(
            self.catalogue, self._gpus, self.encoder, self.unit_of_work, self.clock
        )
        self.evidence = EvidenceDesk(self.matches, self.clock)
        self.meter = ExposureMeter(self.unit_of_work, clock)
        self.exposure = ExposureCap(self.unit_of_work, settings.exposure_cap, clock)
        self.coverage = CoverageRounds(self.unit_of_work, self.catalogue, clock)
        self.introduction_clock = IntroductionClock(self.unit_of_work, self.evidence, self.clock)
        needs = WatchedNeeds(self.unit_of_work, self._gpus, self.encoder)
        self.watch = NeedWatch(self.unit_of_work, self.catalogue, needs, clock)
        self._dead_letters = DeadLetters(self.engine, dead_letter, outbox)

    def unit_of_work(self) -> SqlUnitOfWork:
        """Open a transaction."""
        return SqlUnitOfWork(self.engine)

    def services(self, secret: str) -> Services:
        """Return what the HTTP routes work with."""
        desk = self.evidence
        return Services(
            matches=self.matches,
            plans=PlanQueries(self.catalogue, self._gpus, self.clock),
            journeys=JourneyQueries(self.catalogue, self._gpus, self.encoder, self.clock),
            rules=RuleChecks(self.catalogue),
            startups=StartUpCommands(self.unit_of_work, self.clock),
            needs=NeedCommands(self.unit_of_work, self.clock),
            alerts=AlertCommands(self.unit_of_work, self.clock),
            introductions=IntroductionCommands(
                self.unit_of_work, desk, self.clock, FollowUp(expires=self._introduction_days)
            ),
            received=ReceivedIntroductions(self.unit_of_work, desk, self.clock),
            tray=IntroductionTray(self.unit_of_work, desk, self.clock),
            meter=self.meter,
            exposure=self.exposure,
            coverage=self.coverage,
            searches=PartnerSearchCommands(self.unit_of_work, self.matches, self.clock),
            finder=StartUpFinder(self.unit_of_work, self.matches, self.encoder, self.clock),
            discoverability=DiscoverabilityCommands(self.unit_of_work, self.clock),
            cursors=CursorSigner(secret),
            idempotency=IdempotencyStore(self.engine, idempotency, self.clock),
        )

    def worker_steps(self, bus: Bus) -> dict[str, Step]:
        """Return the background work: send own events, take over the catalogue's."""
        for topic in (
            OFFERS_TOPIC,
            VOCABULARIES_TOPIC,
            INTRODUCTIONS_TOPIC,
            RATINGS_TOPIC,
            MATCHES_TOPIC,
        ):
            bus.ensure_topics(topics_beside(topic))
        bus.ensure_topics([dead_letter_topic(VOCABULARIES_STATE_TOPIC)])
        relay = Relay(self.engine, outbox, bus.producer())
        consumer = bus.consumer(CONSUMER, [OFFERS_TOPIC])
        offers = Subscription(CONSUMER, consumer, self.projection.handle, self._dead_letters)
        # The last edition of each vocabulary stays in the topic of states, for who comes new.
        editions = bus.consumer(vocabularies.CONSUMER, [VOCABULARIES_STATE_TOPIC])
        words = Subscription(
            vocabularies.CONSUMER, editions, self.vocabularies.handle, self._dead_letters
        )
        return {
            "relay": relay.forward,
            "projection": offers.step,
            "vocabularies": words.step,
            "meanings": self.meanings.step,
            "introductions": self.introduction_clock.step,
            "watch": self.watch.step,
            "exposure": self.exposure.step,
            "coverage": self.coverage.step,
        }

    def warm_up(self) -> None:
        """Load the encoder, so that the first question does not wait for it."""
        meaning_of("GPU", self.encoder)

    def figures(self, bus: Bus) -> dict[str, Figure]:
        """Return what is measured of the events now and then."""
        depth = OutboxDepth(self.engine, outbox)
        consumers = {
            CONSUMER: [OFFERS_TOPIC],
            vocabularies.CONSUMER: [VOCABULARIES_STATE_TOPIC],
        }
        return EventFigures(bus, depth, self._dead_letters, consumers).all()

    def desk(self, bus: Bus) -> EventDesk:
        """Return the service's events as an operator sees them."""
        readers = [
            Reader(CONSUMER, (OFFERS_TOPIC,), handling(self.projection.handle)),
            Reader(
                vocabularies.CONSUMER,
                (VOCABULARIES_STATE_TOPIC,),
                handling(self.vocabularies.handle),
            ),
        ]
        return EventDesk(bus, OutboxDepth(self.engine, outbox), self._dead_letters, readers)

    def rebuild(self, bus: Bus) -> ProjectionRebuild:
        """Return what makes the copy of the offers anew."""
        return ProjectionRebuild(self.unit_of_work, lambda: _states(bus), utc_now)

    def copy_of_offers(self, bus: Bus) -> ProjectionPlace:
        """Return the copy of the offers, to be compared and mended."""
        states = partial(states_of, bus, OFFERS_STATE_TOPIC)
        return ProjectionPlace(self.unit_of_work, states, self.rebuild(bus))

    def check_database(self) -> None:
        """Raise where the database does not answer or lacks a migration."""
        with self.engine.connect().execution_options(read_only=True) as connection:
            if not is_migrated(connection, MIGRATIONS):
                message = "the database is not migrated; run: python -m aiff_matching migrate"
                raise RuntimeError(message)

    def close(self) -> None:
        """Write what was measured and close the connections."""
        self.meter.write()
        self.engine.dispose()


def _experience(connection: Connection) -> Experience:
    return Experience(acceptances(connection), yielding(connection))


def _states(bus: Bus) -> Iterator[Event]:
    for delivered in bus.read(OFFERS_STATE_TOPIC):
        try:
            yield event_of(delivered.record)
        except (KeyError, ValueError) as error:
            raise UnreadableStateError(delivered.record.key, str(error)) from error
