"""The sentence vectors of the published offers, inside a transaction."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, exists, select

from aiff_catalog.indexing.application.embeddings import due_text
from aiff_catalog.offers.adapters.documents import rendered
from aiff_catalog.shared.tables import offer_document, offer_meaning
from aiff_kit.embeddings import DueText

_DUE, _ENCODED, _INDEXED = "due", "encoded", "indexed"


class SqlOfferEmbeddings:
    """Reads and writes `offer_meaning`; a published offer has one row there."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def outdate(self, model: str) -> None:
        """Have the vectors of other models computed again."""
        table = offer_meaning
        other = table.c.model.is_distinct_from(model) & (table.c.state != _DUE)
        self._connection.execute(table.update().where(other).values(state=_DUE))

    def due(self, limit: int) -> Sequence[DueText]:
        """Return texts whose vector is to be computed."""
        document, table = offer_document, offer_meaning
        joined = select(document).join(table, table.c.offer_id == document.c.offer_id)
        wanted = joined.where(table.c.state == _DUE).limit(limit)
        return [due_text(rendered(row)) for row in self._connection.execute(wanted)]

    def put(self, model: str, vectors: Mapping[tuple[UUID, int], bytes]) -> None:
        """Store vectors, by offer and version, of texts that are still the published ones."""
        document, table = offer_document, offer_meaning
        for (offer_id, version), vector in vectors.items():
            is_current = exists().where(
                document.c.offer_id == offer_id, document.c.version == version
            )
            self._connection.execute(
                table.update()
                .where(table.c.offer_id == offer_id, is_current)
                .values(model=model, version=version, vector=vector, state=_ENCODED)
            )

    def of(self, model: str, offer_ids: Collection[UUID]) -> Mapping[UUID, bytes]:
        """Return the vectors that a model made for these offers."""
        table = offer_meaning
        is_wanted = table.c.offer_id.in_(offer_ids) & (table.c.model == model)
        statement = select(table.c.offer_id, table.c.vector).where(is_wanted)
        return {row.offer_id: row.vector for row in self._connection.execute(statement)}

    def not_indexed(self, limit: int) -> Mapping[UUID, int]:
        """Return offers with a vector that the index lacks, and the version it was made of."""
        table = offer_meaning
        statement = select(table.c.offer_id, table.c.version).where(table.c.state == _ENCODED)
        rows = self._connection.execute(statement.limit(limit))
        return {row.offer_id: row.version for row in rows}

    def note_indexed(self, versions: Mapping[UUID, int]) -> None:
        """Note that the index has these vectors, where no newer one was made meanwhile."""
        table = offer_meaning
        for offer_id, version in versions.items():
            is_same = (table.c.offer_id == offer_id) & (table.c.version == version)
            noted = table.update().where(is_same, table.c.state == _ENCODED)
            self._connection.execute(noted.values(state=_INDEXED))
