"""The service's own copy of the published offers, inside one transaction."""

from uuid import UUID

from sqlalchemy import Connection, delete, select

from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.offer import OfferDocument
from aiff_kit.db import upsert
from aiff_matching.shared.revisions import count_revision
from aiff_matching.shared.tables import offer


class SqlOfferCopies:
    """The copy of the offers and its revision counter."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def get(self, offer_id: UUID) -> OfferDocument | None:
        """Read and parse the row."""
        wanted = select(offer.c.document).where(offer.c.id == offer_id)
        raw = self._connection.execute(wanted).scalar_one_or_none()
        return None if raw is None else parse_json(OfferDocument, raw)

    def put(self, document: OfferDocument) -> None:
        """Insert or replace the row."""
        values = {
            "slug": document.slug,
            "version": document.version,
            "document": dump_json(document),
            "vector_due": True,
        }
        statement = upsert(self._connection, offer).values(id=document.id, **values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[offer.c.id], set_=values)
        )
        count_revision(self._connection)

    def remove(self, offer_id: UUID) -> None:
        """Delete the row."""
        self._connection.execute(delete(offer).where(offer.c.id == offer_id))
        count_revision(self._connection)
