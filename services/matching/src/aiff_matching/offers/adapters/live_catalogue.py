"""The compiled catalogue in memory, renewed when the copy of the offers changed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from threading import Lock
from uuid import UUID

import numpy as np
from sqlalchemy import Connection, Engine, Row, select

from aiff_contracts.codec import parse_json
from aiff_contracts.offer import OfferDocument
from aiff_matching.experience.domain import Experience
from aiff_matching.offers.domain.building import CatalogueBuilder
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.ratings import RatingSum
from aiff_matching.offers.domain.relevance import Vector
from aiff_matching.shared.revisions import PROJECTION
from aiff_matching.shared.tables import offer, offer_rating, projection

_Key = tuple[UUID, int]
_VectorKey = tuple[UUID, int, bool]
_Rows = Sequence[Row[UUID, int, str | None, bool]]
_MOST_IDS_A_STATEMENT = 500
_IDENTITY = (offer.c.id, offer.c.version, offer.c.vector_model, offer.c.vector_due)


class SqlLiveCatalogue:
    """Compares one number for each question; reads and parses only the offers that changed."""

    def __init__(
        self, engine: Engine, model: str, experience: Callable[[Connection], Experience]
    ) -> None:
        """Begin with an empty catalogue; the first question fills it.

        `model` names the encoder of the questions: vectors of another one are not used.
        `experience` reads what was learnt from use in the transaction of the offers.
        """
        self._engine = engine
        self._model = model
        self._experience = experience
        self._lock = Lock()
        self._documents: dict[_Key, OfferDocument] = {}
        self._vectors: dict[_VectorKey, Vector] = {}
        self._builder = CatalogueBuilder()
        self._catalogue = self._builder.build((), 0)

    def current(self) -> Catalogue:
        """Return the catalogue of the newest committed revision."""
        with self._reading() as connection:
            if self._revision(connection) == self._catalogue.revision:
                return self._catalogue
        # The lock comes before the snapshot: who waited must not go back to what it saw before.
        with self._lock, self._reading() as connection:
            return self._renewed(connection)

    def _reading(self) -> Connection:
        return self._engine.connect().execution_options(read_only=True)

    def _revision(self, connection: Connection) -> int:
        wanted = select(projection.c.revision).where(projection.c.name == PROJECTION)
        return int(connection.execute(wanted).scalar_one_or_none() or 0)

    def _renewed(self, connection: Connection) -> Catalogue:
        """Read the revision first: what comes in between is read with the next question."""
        revision = self._revision(connection)
        if revision == self._catalogue.revision:
            return self._catalogue
        rows = list(connection.execute(select(*_IDENTITY)))
        self._documents = self._renewed_documents(connection, rows)
        self._vectors = self._renewed_vectors(connection, rows)
        vectors = {key[0]: vector for key, vector in self._vectors.items()}
        rated = connection.execute(select(offer_rating))
        ratings = {row.offer_id: RatingSum(row[1], row[2]) for row in rated}
        documents = self._documents.values()
        built = self._builder.build(documents, revision, vectors, ratings)
        self._catalogue = replace(built, experience=self._experience(connection))
        return self._catalogue

    def _renewed_documents(self, connection: Connection, rows: _Rows) -> dict[_Key, OfferDocument]:
        keys = [(row.id, row.version) for row in rows]
        known = {key: self._documents[key] for key in keys if key in self._documents}
        return known | self._read(connection, [key[0] for key in keys if key not in known])

    def _renewed_vectors(self, connection: Connection, rows: _Rows) -> dict[_VectorKey, Vector]:
        """Read the vectors that are new; one of an outdated text serves until the next is there."""
        own = [row for row in rows if row.vector_model == self._model]
        keys = {row.id: (row.id, row.version, row.vector_due) for row in own}
        known = {key: self._vectors[key] for key in keys.values() if key in self._vectors}
        missing = [offer_id for offer_id, key in keys.items() if key not in known]
        for ids in _parts(missing):
            wanted = select(offer.c.id, offer.c.vector).where(offer.c.id.in_(ids))
            for row in connection.execute(wanted):
                known[keys[row.id]] = np.frombuffer(row.vector, np.float32)
        return known

    def _read(self, connection: Connection, ids: list[UUID]) -> dict[_Key, OfferDocument]:
        documents: dict[_Key, OfferDocument] = {}
        for part in _parts(ids):
            wanted = select(offer.c.document).where(offer.c.id.in_(part))
            for raw in connection.execute(wanted).scalars():
                document = parse_json(OfferDocument, raw)
                documents[(document.id, document.version)] = document
        return documents


def _parts(ids: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), _MOST_IDS_A_STATEMENT):
        yield ids[start : start + _MOST_IDS_A_STATEMENT]
