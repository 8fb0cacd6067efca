"""What is read of offers to find similar ones: constant statements."""

from collections.abc import Mapping, Sequence

from aiff_catalog.shared.reading import DatabaseReader

_TWINS = """
SELECT first, second FROM duplicate_pair WHERE state = 'open' AND (first = ?1 OR second = ?1)
"""
_VECTOR = "SELECT vector FROM offer_meaning WHERE offer_id = ?1 AND model = ?2"
_BODIES = "SELECT offer_id, body FROM offer_document WHERE offer_id IN ({})"


class SqlSimilarReads:
    """Reads pairs, vectors and documents."""

    def __init__(self, reader: DatabaseReader, model: str) -> None:
        """Keep what reads rows, and whose vectors the index holds."""
        self._reader = reader
        self._model = model

    async def twins(self, offer_id: str) -> frozenset[str]:
        """Return the offers of the open pairs of an offer, itself among them."""
        rows = await self._reader.rows(_TWINS, offer_id)
        return frozenset(str(one) for row in rows for one in row)

    async def vector(self, offer_id: str) -> bytes | None:
        """Return the vector of an offer."""
        row = await self._reader.row(_VECTOR, offer_id, self._model)
        return None if row is None or row[0] is None else bytes(row[0])

    async def bodies(self, offer_ids: Sequence[str]) -> Mapping[str, bytes]:
        """Return documents by id, with one statement."""
        if not offer_ids:
            return {}
        places = ", ".join(f"?{number}" for number in range(1, len(offer_ids) + 1))
        rows = await self._reader.rows(_BODIES.format(places), *offer_ids)
        return {str(offer_id): bytes(body) for offer_id, body in rows}
