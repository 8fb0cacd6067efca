"""The service's parts, capability by capability."""

from collections.abc import Sequence

from aiff_contracts.events import (
    INTRODUCTIONS_TOPIC,
    MATCHES_TOPIC,
    OFFERS_TOPIC,
    RATINGS_TOPIC,
    VOCABULARIES_STATE_TOPIC,
    VOCABULARIES_TOPIC,
    dead_letter_topic,
)
from aiff_kit.bus import Bus
from aiff_kit.clock import Clock, utc_now
from aiff_kit.db import is_migrated
from aiff_kit.http import CursorSigner, IdempotencyStore
from aiff_kit.observability import Heartbeat
from aiff_kit.operations import DerivedCopy
from aiff_kit.service import EventTables, ServiceEvents
from aiff_kit.service.worker import Step
from aiff_matching.answers.application.embedding import embedding_of
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.main.wiring.answers import wire_answers
from aiff_matching.main.wiring.authoring import wire_authoring
from aiff_matching.main.wiring.base import open_base
from aiff_matching.main.wiring.compute import wire_compute
from aiff_matching.main.wiring.coverage import wire_coverage
from aiff_matching.main.wiring.dossiers import wire_dossiers
from aiff_matching.main.wiring.experience import wire_experience
from aiff_matching.main.wiring.introductions import wire_introductions
from aiff_matching.main.wiring.journeys import wire_journeys
from aiff_matching.main.wiring.offers import wire_offers
from aiff_matching.main.wiring.partners import wire_partners
from aiff_matching.main.wiring.plans import wire_plans
from aiff_matching.main.wiring.profiles import wire_profiles
from aiff_matching.main.wiring.watching import wire_watching
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.tables import dead_letter, idempotency, outbox

_TOPICS = (OFFERS_TOPIC, VOCABULARIES_TOPIC, INTRODUCTIONS_TOPIC, RATINGS_TOPIC, MATCHES_TOPIC)


class Matching:
    """The service's parts on one database, each made of those below it."""

    def __init__(self, settings: MatchingSettings, clock: Clock = utc_now) -> None:
        """Open the database; nothing is read or written yet."""
        self.base = base = open_base(settings, clock)
        self.engine = base.engine
        self.profiles = wire_profiles(base)
        self.experience = wire_experience(base, settings.exposure_cap)
        self.offers = offers = wire_offers(base)
        self.compute = compute = wire_compute(base)
        self.matches = wire_answers(base, offers, compute)
        self.authoring = wire_authoring(offers)
        self.plans = wire_plans(base, offers, compute)
        self.journeys = wire_journeys(base, offers, compute)
        self.dossiers = wire_dossiers(base, offers)
        self.watching = wire_watching(base, offers, compute)
        self.introductions = wire_introductions(base, self.matches, settings.introduction_days)
        self.partners = wire_partners(base, self.matches)
        self.coverage = wire_coverage(base, offers)
        self.events = ServiceEvents(
            base.engine,
            EventTables(outbox, dead_letter),
            _TOPICS,
            (offers.consumer, compute.consumer),
        )

    def for_routes(self, secret: str) -> Sequence[object]:
        """Return what the routes call, and what signs cursors and remembers keys."""
        return (
            *self.profiles.for_routes,
            *self.experience.for_routes,
            self.matches,
            self.authoring,
            self.plans,
            self.journeys,
            self.dossiers,
            *self.watching.for_routes,
            *self.introductions.for_routes,
            *self.partners.for_routes,
            *self.coverage.for_routes,
            CursorSigner(secret),
            IdempotencyStore(self.engine, idempotency, self.base.clock),
        )

    def worker_steps(self, bus: Bus, _heartbeat: Heartbeat) -> dict[str, Step]:
        """Return the background work: send own events, take over the catalogue's, judge."""
        bus.ensure_topics([dead_letter_topic(VOCABULARIES_STATE_TOPIC)])
        return {
            **self.events.steps(bus),
            "meanings": self.offers.embeddings.step,
            "introductions": self.introductions.clock.step,
            "watch": self.watching.watch.step,
            "exposure": self.experience.cap.step,
            "coverage": self.coverage.counting.step,
        }

    def copies(self, bus: Bus) -> Sequence[DerivedCopy]:
        """Return the copy of the offers, to be compared with the topic of states and mended."""
        return (self.offers.copy(bus),)

    def warm_up(self) -> None:
        """Load the encoder and have the catalogue kept fresh: questions wait for neither."""
        embedding_of("GPU", self.base.encoder)
        self.offers.catalogue.keep_fresh(self.matches.rehearse)

    def check_database(self) -> None:
        """Raise where the database does not answer or lacks a migration."""
        with self.engine.connect().execution_options(read_only=True) as connection:
            if not is_migrated(connection, MIGRATIONS):
                message = "the database is not migrated; run: python -m aiff_matching migrate"
                raise RuntimeError(message)

    async def stop(self) -> None:
        """Close the parts with the web application."""
        self.close()

    def close(self) -> None:
        """Stop renewing, write what was measured and close the connections."""
        self.offers.catalogue.close()
        self.experience.meter.write()
        self.engine.dispose()
