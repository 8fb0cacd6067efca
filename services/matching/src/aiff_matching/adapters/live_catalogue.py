"""The compiled catalogue in memory, renewed when the copy of the offers changed."""

from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from aiff_contracts.codec import parse_json
from aiff_contracts.offer import OfferDocument
from aiff_matching.adapters.repositories import PROJECTION
from aiff_matching.adapters.tables import offer, projection
from aiff_matching.domain.catalogue import Catalogue, build

_Key = tuple[UUID, int]
_MOST_IDS_A_STATEMENT = 500


class SqlLiveCatalogue:
    """Compares one number for each question; reads and parses only the offers that changed."""

    def __init__(self, engine: Engine) -> None:
        """Begin with an empty catalogue; the first question fills it."""
        self._engine = engine
        self._lock = Lock()
        self._documents: dict[_Key, OfferDocument] = {}
        self._catalogue = build((), 0)

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
        rows = connection.execute(select(offer.c.id, offer.c.version))
        keys = [(row.id, row.version) for row in rows]
        known = {key: self._documents[key] for key in keys if key in self._documents}
        fresh = self._read(connection, [key[0] for key in keys if key not in known])
        self._documents = known | fresh
        self._catalogue = build(self._documents.values(), revision)
        return self._catalogue

    def _read(self, connection: Connection, ids: list[UUID]) -> dict[_Key, OfferDocument]:
        found: dict[_Key, OfferDocument] = {}
        for start in range(0, len(ids), _MOST_IDS_A_STATEMENT):
            wanted = select(offer.c.document).where(
                offer.c.id.in_(ids[start : start + _MOST_IDS_A_STATEMENT])
            )
            for raw in connection.execute(wanted).scalars():
                document = parse_json(OfferDocument, raw)
                found[(document.id, document.version)] = document
        return found
