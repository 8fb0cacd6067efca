"""The sentence vectors of the copied offers, inside a transaction."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, select, update

from aiff_contracts.codec import parse_json
from aiff_contracts.offer import OfferDocument
from aiff_kit.embeddings import DueText
from aiff_matching.offers.domain.relevance import passages
from aiff_matching.shared.revisions import count_revision
from aiff_matching.shared.tables import offer


class SqlEmbeddings:
    """The vector columns of the copy of the offers; new vectors count one more revision of it."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def outdate(self, model: str) -> None:
        """Mark in one statement; where a vector is missing its model is null."""
        other = offer.c.vector_model.is_distinct_from(model)
        self._connection.execute(update(offer).where(other).values(vector_due=True))

    def due(self, limit: int) -> Sequence[DueText]:
        """Read by the index of what is due."""
        wanted = select(offer.c.document).where(offer.c.vector_due).limit(limit)
        documents = self._connection.execute(wanted).scalars()
        return [_due_text(parse_json(OfferDocument, raw)) for raw in documents]

    def put(self, model: str, vectors: Mapping[tuple[UUID, int], bytes]) -> None:
        """Store vectors of documents that are still at the version that was read."""
        for (offer_id, version), vector in vectors.items():
            same = (offer.c.id == offer_id) & (offer.c.version == version)
            self._connection.execute(
                update(offer)
                .where(same)
                .values(vector=vector, vector_model=model, vector_due=False)
            )
        count_revision(self._connection)


def _due_text(document: OfferDocument) -> DueText:
    return DueText(document.id, document.version, passages(document))
