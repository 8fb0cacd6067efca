"""The sentence vectors beside a tantivy index: one file of equal records, only ever added to.

A record is an offer's id and its vector (float32); the last one of an offer counts. Readers map
the file into memory and see what was added at their next search, without reading the rest again.
A rebuild of the index leaves out what no longer counts.
"""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from aiff_catalog.application.search import IndexEntry
from aiff_kit.encoder import DIMENSION, Vectors

_NAME = "meanings.bin"
_RECORD = np.dtype([("id", "V16"), ("vector", "<f4", (DIMENSION,))])
# What no longer counts is farther than anything.
_NOWHERE = np.float32(-2)


class VectorFile:
    """The vectors of one index, as far as they were written at the last look."""

    def __init__(self, index: Path) -> None:
        """Read nothing yet."""
        self._path = index / _NAME
        self._rows: dict[bytes, int] = {}
        self._outdated: list[int] = []
        self._vectors: Vectors = np.zeros((0, DIMENSION), np.float32)
        self._ids: NDArray[np.void] = np.zeros(0, "V16")

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
        self._ids, self._vectors = np.asarray(records["id"]), np.asarray(records["vector"])
        for row in range(known, size):
            before = self._rows.get(key := self._ids[row].tobytes())
            if before is not None:
                self._outdated.append(before)
            self._rows[key] = row

    def nearest(self, cosines: Vectors, limit: int) -> dict[str, float]:
        """Return as many of the nearest offers' cosines by id, the nearest first."""
        rows = np.argpartition(-cosines, limit)[:limit] if limit < len(cosines) else slice(None)
        numbered = np.arange(len(cosines))[rows]
        ordered = numbered[np.lexsort((numbered, -cosines[numbered]))]
        return {
            str(UUID(bytes=self._ids[row].tobytes())): float(cosines[row])
            for row in ordered
            if cosines[row] > _NOWHERE
        }

    def cosines(self, meaning: Vectors) -> Vectors:
        """Return the cosine of every record with a vector."""
        cosines: Vectors = self._vectors @ meaning
        cosines[self._outdated] = _NOWHERE
        return cosines

    def put(self, entries: Iterable[IndexEntry]) -> None:
        """Add the vectors that are new; only one process at a time may, the index's writer."""
        self.refresh()
        new = [entry for entry in entries if entry.meaning is not None and self._is_new(entry)]
        if not new:
            return
        with self._path.open("ab") as file:
            # A writer that was killed may have left a part of a record.
            file.truncate(len(self._ids) * _RECORD.itemsize)
            for entry in new:
                file.write(entry.offer_id.bytes + (entry.meaning or b""))
        self.refresh()

    def _is_new(self, entry: IndexEntry) -> bool:
        row = self._rows.get(entry.offer_id.bytes)
        return row is None or self._vectors[row].tobytes() != entry.meaning
