"""The sentence vectors beside a tantivy index: one file of equal records, only ever added to.

A record is an offer's id and its vector (float32); the last one of an offer counts, and zeros
say that it is no longer there. Readers map the file into memory and see what was added at their
next search, without reading the rest again.
A rebuild of the index leaves out what no longer counts.
"""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import numpy as np

from aiff_catalog.search.adapters.tantivy.schema import key_of
from aiff_catalog.search.domain.queries import IndexEntry
from aiff_kit.encoder import DIMENSION, Vectors

_NAME = "meanings.bin"
_RECORD = np.dtype([("id", "V16"), ("vector", "<f4", (DIMENSION,))])
# What no longer counts is farther than anything.
_NOWHERE = np.float32(-2)
_GONE = np.zeros(DIMENSION, np.float32).tobytes()


class VectorFile:
    """The vectors of one index, as far as they were written at the last look."""

    def __init__(self, index: Path) -> None:
        """Read nothing yet."""
        self._path = index / _NAME
        self._rows: dict[str, int] = {}
        self._keyed: dict[int, int] = {}
        self._outdated: list[int] = []
        self._vectors: Vectors = np.zeros((0, DIMENSION), np.float32)
        self._ids: list[str] = []

    def __len__(self) -> int:
        """Return the number of offers with a vector."""
        return len(self._rows)

    def refresh(self) -> None:
        """Take in what was added."""
        size = self._path.stat().st_size // _RECORD.itemsize if self._path.exists() else 0
        known = len(self._ids)
        if size == known:
            return
        records = np.memmap(self._path, _RECORD, "r", shape=(size,))
        self._vectors = np.asarray(records["vector"])
        self._ids += [str(UUID(bytes=raw.tobytes())) for raw in records["id"][known:]]
        for row in range(known, size):
            self._take(row, is_there=bool(self._vectors[row].any()))

    def _take(self, row: int, *, is_there: bool) -> None:
        offer_id = self._ids[row]
        before = self._rows.pop(offer_id, None)
        self._keyed.pop(key_of(offer_id), None)
        if before is not None:
            self._outdated.append(before)
        if is_there:
            self._rows[offer_id] = self._keyed[key_of(offer_id)] = row
        else:
            self._outdated.append(row)

    def nearest(self, cosines: Vectors, limit: int) -> dict[str, float]:
        """Return as many of the nearest offers' cosines by id, the nearest first."""
        rows = np.argpartition(-cosines, limit)[:limit] if limit < len(cosines) else slice(None)
        numbered = np.arange(len(cosines))[rows]
        ordered = numbered[np.lexsort((numbered, -cosines[numbered]))]
        near = zip(ordered.tolist(), cosines[ordered].tolist(), strict=True)
        return {self._ids[row]: cosine for row, cosine in near if cosine > _NOWHERE}

    def of(self, keys: Iterable[int], cosines: Vectors) -> dict[str, float]:
        """Return the cosines of offers by id; those without a vector are left out."""
        rows = (self._keyed.get(key) for key in keys)
        return {self._ids[row]: float(cosines[row]) for row in rows if row is not None}

    def cosines(self, meaning: Vectors) -> Vectors:
        """Return the cosine of every record with a vector.

        Row by row in this thread: a product of matrices would have the library's other threads
        wait busily after each search, and take the processor from whoever comes next.
        """
        cosines: Vectors = np.vecdot(self._vectors, meaning)
        cosines[self._outdated] = _NOWHERE
        return cosines

    def change(self, entries: Iterable[IndexEntry], removed: Iterable[UUID]) -> None:
        """Add the vectors that are new and have those of removed offers count no longer.

        Only one process at a time may, the index's writer.
        """
        self.refresh()
        gone = [offer_id.bytes + _GONE for offer_id in removed if str(offer_id) in self._rows]
        new = [
            entry.offer_id.bytes + (entry.vector or b"") for entry in entries if self._is_new(entry)
        ]
        if not gone and not new:
            return
        with self._path.open("ab") as file:
            # A writer that was killed may have left a part of a record.
            file.truncate(len(self._ids) * _RECORD.itemsize)
            file.write(b"".join((*gone, *new)))
        self.refresh()

    def _is_new(self, entry: IndexEntry) -> bool:
        if entry.vector is None:
            return False
        row = self._rows.get(str(entry.offer_id))
        return row is None or self._vectors[row].tobytes() != entry.vector
