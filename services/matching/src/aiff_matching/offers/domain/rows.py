"""What the catalogue holds by row, carried over from one catalogue to the next.

Where few offers changed, the rows of the others are moved and not made again: numpy copies
blocks of memory, which takes a tenth of a second where making them takes many, and lets other
threads work meanwhile. The catalogue before stays as it is for the questions that read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiff_matching.offers.domain.relevance import Counted, EmbeddingIndex, Vector, WordIndex

Ints = NDArray[np.intp]
_GONE = -1
_ROW_BITS = 32


@dataclass(frozen=True, slots=True)
class Moves:
    """Where each row of the catalogue before is now; `_GONE` for one that is no longer there.

    Rows keep their order among each other.
    """

    now: Ints
    size: int

    @classmethod
    def of(cls, before: int, dropped: Sequence[int], added: Sequence[int]) -> "Moves":
        """Drop rows of so many, and make room for those that are added, by their new numbers."""
        size = before - len(dropped) + len(added)
        now = np.full(before, _GONE, np.intp)
        kept = np.delete(np.arange(before), np.array(dropped, np.intp))
        now[kept] = np.delete(np.arange(size), np.array(added, np.intp))
        return cls(now, size)

    def with_again(self, again: Mapping[int, int]) -> "Moves":
        """Return the moves that know where rows are that were dropped and added again."""
        now = self.now.copy()
        now[list(again)] = list(again.values())
        return Moves(now, self.size)


@dataclass(frozen=True, slots=True)
class WordEntries:
    """Which words stand in which rows with which counts, ordered by the word, then by the row."""

    words: NDArray[np.int32]
    rows: NDArray[np.int32]
    counts: NDArray[np.float64]

    @classmethod
    def of(cls, texts: Mapping[int, Counted]) -> "WordEntries":
        """Return the entries of texts by their rows."""
        if not texts:
            return cls(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
        words = np.concatenate([text.words for text in texts.values()])
        counts = np.concatenate([text.counts for text in texts.values()])
        numbers = np.fromiter(texts, np.int32, len(texts))
        rows = np.repeat(numbers, [len(text.words) for text in texts.values()])
        order = np.lexsort((rows, words))
        return cls(words[order], rows[order], counts[order])

    def moved(self, moves: Moves, texts: Mapping[int, Counted]) -> "WordEntries":
        """Return the entries after the moves, with those of new texts by their rows."""
        new = WordEntries.of(texts)
        if not len(self.words):
            return new
        rows = moves.now[self.rows]
        kept = rows != _GONE
        words, rows, counts = self.words[kept], rows[kept].astype(np.int32), self.counts[kept]
        places = np.searchsorted(_keys(words, rows), _keys(new.words, new.rows))
        return WordEntries(
            np.insert(words, places, new.words),
            np.insert(rows, places, new.rows),
            np.insert(counts, places, new.counts),
        )

    def index(self, size: int, numbers: Mapping[str, int]) -> WordIndex:
        """Return the index of these entries of so many rows."""
        return WordIndex.of_ordered(self.words, self.rows, self.counts, size, numbers)


def moved_embeddings(
    before: EmbeddingIndex, moves: Moves, changed: Mapping[int, Vector | None]
) -> EmbeddingIndex:
    """Return the vectors after the moves; `changed` are new ones by their rows, None for none."""
    rows = np.arange(len(before.vectors)) if before.rows is None else before.rows
    now = moves.now[rows]
    if not changed and len(now) == len(moves.now) == moves.size and np.array_equal(now, rows):
        return before
    has = np.full(moves.size, _GONE, np.intp)
    kept = np.flatnonzero(now != _GONE)
    has[now[kept]] = kept
    new = {row: vector for row, vector in changed.items() if vector is not None}
    has[[row for row in changed if row not in new]] = _GONE
    # Any source will do where the vector itself is put in below.
    has[list(new)] = 0
    known = np.flatnonzero(has != _GONE)
    block = _block(before.vectors, has[known], new)
    places = np.searchsorted(known, list(new))
    for place, vector in zip(places, new.values(), strict=True):
        block[place] = vector
    return EmbeddingIndex(block, None if len(known) == moves.size else known)


def _block(vectors: Vector, sources: Ints, new: Mapping[int, Vector]) -> Vector:
    """Return a copy of the rows, or room for as many where there were none."""
    if len(vectors):
        copied: Vector = np.take(vectors, sources, axis=0)
        return copied
    width = len(next(iter(new.values()))) if new else 0
    return np.zeros((len(sources), width), np.float32)


def _keys(words: NDArray[np.int32], rows: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return one number for each word and row, in the same order."""
    return words.astype(np.int64) << _ROW_BITS | rows
