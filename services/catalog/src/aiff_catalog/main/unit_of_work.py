"""The unit of work: one transaction with the stores of every capability."""

from sqlalchemy import Connection

from aiff_catalog.exchange.adapters.change_log import SqlChangeLog
from aiff_catalog.imports.adapters.store import SqlImportStore
from aiff_catalog.indexing.adapters import SqlMeaningStore
from aiff_catalog.offers.adapters.documents import SqlDocumentStore
from aiff_catalog.offers.adapters.repositories import SqlOfferRepository, SqlOrganisationRepository
from aiff_catalog.partners.adapters import SqlPartnerRecords
from aiff_catalog.quality.adapters.assessments import SqlQuality
from aiff_catalog.quality.adapters.duplicates import SqlDuplicates
from aiff_catalog.quality.adapters.links import SqlLinks
from aiff_catalog.shared.transaction import SqlEventLog, SqlTransaction
from aiff_catalog.statistics.adapters import SqlStatistics
from aiff_catalog.vocabularies.adapters import SqlVocabularies


class SqlUnitOfWork(SqlTransaction):
    """What each use case sees of it is said by the ports of its capability."""

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
    events: SqlEventLog

    def opened(self, connection: Connection) -> None:
        """Make the stores that work with this connection."""
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
