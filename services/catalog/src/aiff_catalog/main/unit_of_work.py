"""The unit of work: one transaction with the stores of every capability."""

from sqlalchemy import Connection

from aiff_catalog.exchange.adapters.change_log import SqlChangeLog
from aiff_catalog.imports.adapters.store import SqlImportStore
from aiff_catalog.indexing.adapters import SqlOfferEmbeddings
from aiff_catalog.offers.adapters.documents import SqlDocumentStore
from aiff_catalog.offers.adapters.repositories import SqlOfferRepository, SqlOrganisationRepository
from aiff_catalog.partners.adapters import SqlPartnerRecords
from aiff_catalog.quality.adapters.assessments import SqlQuality
from aiff_catalog.quality.adapters.duplicates import SqlDuplicates
from aiff_catalog.quality.adapters.links import SqlLinks
from aiff_catalog.quality.adapters.reports import SqlReports
from aiff_catalog.shared.errors import DatabaseUnavailableError
from aiff_catalog.shared.outbox import SqlEventLog
from aiff_catalog.statistics.adapters import SqlStatistics
from aiff_catalog.vocabularies.adapters import SqlVocabularies
from aiff_kit.service import UnitOfWork


class SqlUnitOfWork(UnitOfWork):
    """What each use case sees of it is said by the ports of its capability."""

    unavailable = DatabaseUnavailableError
    offers: SqlOfferRepository
    organisations: SqlOrganisationRepository
    documents: SqlDocumentStore
    embeddings: SqlOfferEmbeddings
    changes: SqlChangeLog
    vocabularies: SqlVocabularies
    partners: SqlPartnerRecords
    quality: SqlQuality
    statistics: SqlStatistics
    imports: SqlImportStore
    duplicates: SqlDuplicates
    links: SqlLinks
    reports: SqlReports
    events: SqlEventLog

    def _open(self, connection: Connection) -> None:
        self.offers = SqlOfferRepository(connection)
        self.organisations = SqlOrganisationRepository(connection)
        self.documents = SqlDocumentStore(connection)
        self.embeddings = SqlOfferEmbeddings(connection)
        self.changes = SqlChangeLog(connection)
        self.vocabularies = SqlVocabularies(connection)
        self.partners = SqlPartnerRecords(connection)
        self.quality = SqlQuality(connection)
        self.statistics = SqlStatistics(connection)
        self.imports = SqlImportStore(connection)
        self.duplicates = SqlDuplicates(connection)
        self.links = SqlLinks(connection)
        self.reports = SqlReports(connection)
        self.events = SqlEventLog(connection)
