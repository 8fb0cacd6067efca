"""One transaction on SQLAlchemy Core."""

from dataclasses import replace
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as NoConnectionInTimeError

from aiff_catalog.exchange.adapters.change_log import SqlChangeLog
from aiff_catalog.imports.adapters.store import SqlImportStore
from aiff_catalog.indexing.adapters import SqlMeaningStore
from aiff_catalog.offers.adapters.documents import SqlDocumentStore
from aiff_catalog.offers.adapters.repositories import (
    SqlOfferRepository,
    SqlOrganisationRepository,
)
from aiff_catalog.offers.application.ports import DatabaseUnavailableError
from aiff_catalog.partners.adapters import SqlPartnerRecords
from aiff_catalog.quality.adapters.assessments import SqlQuality
from aiff_catalog.quality.adapters.duplicates import SqlDuplicates
from aiff_catalog.quality.adapters.links import SqlLinks
from aiff_catalog.shared.tables import outbox
from aiff_catalog.statistics.adapters import SqlStatistics
from aiff_catalog.vocabularies.adapters import SqlVocabularies
from aiff_contracts.events import STATE_TOPICS, Event
from aiff_kit.bus import record_of
from aiff_kit.db import Transaction
from aiff_kit.outbox import append, append_record


class SqlUnitOfWork:
    """Opens a connection on entering; leaving without `commit` rolls everything back."""

    offers: SqlOfferRepository
    organisations: SqlOrganisationRepository
    documents: SqlDocumentStore
    meanings: SqlMeaningStore
    changes: SqlChangeLog
    vocabularies: SqlVocabularies
    partners: SqlPartnerRecords
    quality: SqlQuality
    statistics: SqlStatistics
    imports: SqlImportStore
    duplicates: SqlDuplicates
    links: SqlLinks
    events: "SqlEventLog"

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine

    def __enter__(self) -> Self:
        """Begin the transaction; all connections busy for long is an outage too."""
        try:
            self._transaction = Transaction(self._engine)
        except NoConnectionInTimeError as error:
            raise DatabaseUnavailableError from error
        connection = self._transaction.connection
        self.offers = SqlOfferRepository(connection)
        self.organisations = SqlOrganisationRepository(connection)
        self.documents = SqlDocumentStore(connection)
        self.meanings = SqlMeaningStore(connection)
        self.changes = SqlChangeLog(connection)
        self.vocabularies = SqlVocabularies(connection)
        self.partners = SqlPartnerRecords(connection)
        self.quality = SqlQuality(connection)
        self.statistics = SqlStatistics(connection)
        self.imports = SqlImportStore(connection)
        self.duplicates = SqlDuplicates(connection)
        self.links = SqlLinks(connection)
        self.events = SqlEventLog(connection)
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


class SqlEventLog:
    """The outbox inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        """Write with this connection."""
        self._connection = connection

    def append(self, event: Event) -> None:
        """Add an event to the outbox."""
        append(self._connection, outbox, event)

    def restate(self, event: Event) -> None:
        """Add it for the topic of states alone."""
        record = record_of(event)
        append_record(self._connection, outbox, replace(record, topic=STATE_TOPICS[record.topic]))
