"""The service's own copy of the catalogue's vocabularies."""

from sqlalchemy import Connection, delete

from aiff_contracts.codec import adapter
from aiff_contracts.events import VocabularyPublished
from aiff_contracts.vocabulary import VocabularyEntry
from aiff_matching.shared.revisions import count_revision
from aiff_matching.shared.tables import vocabulary

ENTRIES = adapter(tuple[VocabularyEntry, ...])


class SqlVocabularyCopies:
    """Keeps the edition of each vocabulary that holds."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def put(self, published: VocabularyPublished) -> None:
        """Store or replace an edition."""
        row = {
            "name": published.name,
            "edition": published.edition,
            "published_at": published.published_at,
            "entries": ENTRIES.dump_json(published.entries),
        }
        self._connection.execute(delete(vocabulary).where(vocabulary.c.name == published.name))
        self._connection.execute(vocabulary.insert().values(row))
        count_revision(self._connection)
