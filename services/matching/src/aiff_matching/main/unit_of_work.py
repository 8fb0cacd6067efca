"""One transaction on SQLAlchemy Core, with the stores of all capabilities."""

from uuid import UUID

from sqlalchemy import Connection, select

from aiff_kit.service import UnitOfWork
from aiff_matching.answers.adapters import SqlDecisions, forget_decisions
from aiff_matching.compute import application as vocabularies
from aiff_matching.compute.adapters.vocabulary_copies import SqlVocabularyCopies
from aiff_matching.coverage.adapters import SqlCoverage
from aiff_matching.experience.adapters import SqlExposure
from aiff_matching.introductions.adapters.introductions import (
    SqlIntroductions,
    SqlRatings,
    hand_over_introductions,
    remove_introductions,
)
from aiff_matching.offers.adapters.copies import SqlOfferCopies
from aiff_matching.offers.adapters.embeddings import SqlEmbeddings
from aiff_matching.offers.adapters.fresh_copies import SqlFreshOfferCopies
from aiff_matching.offers.application.projection import CONSUMER
from aiff_matching.partners.adapters import (
    SqlDiscoverableStartUps,
    SqlSearches,
    forget_discoverability,
    hand_over_discoverability,
)
from aiff_matching.profiles.adapters import SqlNeeds, SqlStartUps
from aiff_matching.shared.events import SqlEvents, SqlInbox
from aiff_matching.shared.tables import introduction, need
from aiff_matching.watching.adapters.alerts import SqlAlerts
from aiff_matching.watching.adapters.watching import SqlWatching, forget_needs


class SqlUnitOfWork(UnitOfWork):
    """Composed of the stores of each capability; a use case sees those of its own."""

    def _open(self, connection: Connection) -> None:
        self.startups = SqlStartUps(
            connection, _forget_what_hangs_on_startup, _hand_over_what_hangs_on_startup
        )
        self.needs = SqlNeeds(connection, _forget_what_hangs_on_need)
        self.exposure = SqlExposure(connection)
        self.offers = SqlOfferCopies(connection)
        self.embeddings = SqlEmbeddings(connection)
        self.fresh_offers = SqlFreshOfferCopies(connection, CONSUMER)
        self.inbox = SqlInbox(connection, CONSUMER)
        self.vocabularies = SqlVocabularyCopies(connection)
        self.vocabulary_inbox = SqlInbox(connection, vocabularies.CONSUMER)
        self.decisions = SqlDecisions(connection)
        self.watching = SqlWatching(connection)
        self.alerts = SqlAlerts(connection)
        self.introductions = SqlIntroductions(connection)
        self.ratings = SqlRatings(connection)
        self.searches = SqlSearches(connection)
        self.discoverability = SqlDiscoverableStartUps(connection)
        self.coverage = SqlCoverage(connection)
        self.events = SqlEvents(connection)


def _forget_what_hangs_on_startup(connection: Connection, startup_id: UUID) -> None:
    remove_introductions(connection, introduction.c.startup_id == startup_id)
    forget_discoverability(connection, startup_id)
    own = select(need.c.id).where(need.c.startup_id == startup_id)
    forget_needs(connection, own)
    forget_decisions(connection, own)


def _forget_what_hangs_on_need(connection: Connection, need_id: UUID) -> None:
    remove_introductions(connection, introduction.c.need_id == need_id)
    own = select(need.c.id).where(need.c.id == need_id)
    forget_needs(connection, own)
    forget_decisions(connection, own)


def _hand_over_what_hangs_on_startup(connection: Connection, startup_id: UUID, tenant: str) -> None:
    hand_over_introductions(connection, startup_id, tenant)
    hand_over_discoverability(connection, startup_id, tenant)
