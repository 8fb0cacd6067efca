"""One transaction on SQLAlchemy Core."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from aiff_kit.db import Transaction
from aiff_kit.meanings import MeaningStore
from aiff_matching.adapters.alert_repository import SqlAlerts
from aiff_matching.adapters.coverage import SqlCoverage
from aiff_matching.adapters.experience import SqlExposure
from aiff_matching.adapters.fresh_offers import SqlFreshOfferCopies
from aiff_matching.adapters.introductions import SqlEvents, SqlIntroductions, SqlRatings
from aiff_matching.adapters.meanings import SqlMeanings
from aiff_matching.adapters.partner_side import SqlDiscoverableStartUps, SqlSearches
from aiff_matching.adapters.repositories import (
    SqlDecisions,
    SqlInbox,
    SqlNeeds,
    SqlOfferCopies,
    SqlStartUps,
)
from aiff_matching.adapters.vocabulary_copies import SqlVocabularyCopies
from aiff_matching.adapters.watch_repository import SqlWatching
from aiff_matching.application import vocabularies
from aiff_matching.application.ports import (
    Alerts,
    Coverage,
    Decisions,
    DiscoverableStartUps,
    Events,
    Exposure,
    FreshOfferCopies,
    Inbox,
    Introductions,
    Needs,
    OfferCopies,
    Ratings,
    Searches,
    StartUps,
    VocabularyCopies,
    Watching,
)
from aiff_matching.application.projection import CONSUMER


class SqlUnitOfWork:
    """Opens a connection on entering; leaving without `commit` rolls everything back."""

    startups: StartUps
    needs: Needs
    decisions: Decisions
    introductions: Introductions
    ratings: Ratings
    events: Events
    offers: OfferCopies
    meanings: MeaningStore
    fresh_offers: FreshOfferCopies
    inbox: Inbox
    vocabularies: VocabularyCopies
    vocabulary_inbox: Inbox
    watching: Watching
    alerts: Alerts
    exposure: Exposure
    coverage: Coverage
    searches: Searches
    discoverability: DiscoverableStartUps

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine

    def __enter__(self) -> Self:
        """Begin the transaction."""
        self._transaction = Transaction(self._engine)
        connection = self._transaction.connection
        self.startups = SqlStartUps(connection)
        self.needs = SqlNeeds(connection)
        self.decisions = SqlDecisions(connection)
        self.introductions = SqlIntroductions(connection)
        self.ratings = SqlRatings(connection)
        self.events = SqlEvents(connection)
        self.offers = SqlOfferCopies(connection)
        self.meanings = SqlMeanings(connection)
        self.fresh_offers = SqlFreshOfferCopies(connection, CONSUMER)
        self.inbox = SqlInbox(connection, CONSUMER)
        self.vocabularies = SqlVocabularyCopies(connection)
        self.vocabulary_inbox = SqlInbox(connection, vocabularies.CONSUMER)
        self.watching = SqlWatching(connection)
        self.alerts = SqlAlerts(connection)
        self.exposure = SqlExposure(connection)
        self.coverage = SqlCoverage(connection)
        self.searches = SqlSearches(connection)
        self.discoverability = SqlDiscoverableStartUps(connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed and give the connection back."""
        self._transaction.close()

    def commit(self) -> None:
        """Make everything durable at once."""
        self._transaction.commit()
