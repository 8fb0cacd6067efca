"""The words and the vectors of a catalogue's offers, carried over from one catalogue to the next.

The catalogue before stays as it is for the questions that read it.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from aiff_matching.offers.domain.moves import GONE, Ints, Moves
from aiff_matching.offers.domain.relevance import (
    Counted,
    EmbeddingIndex,
    Rows,
    Vector,
    WordEntries,
    WordIndex,
    starts_of,
)


def moved_words(
    before: WordIndex, moves: Moves, gone: Mapping[int, Counted], new: Mapping[int, Counted]
) -> WordIndex:
    """Return the index after the moves.

    `gone` are the texts of rows before that are there no longer, `new` those of new rows.
    """
    left, put, words = WordEntries.of(gone), WordEntries.of(new), len(before.numbers)
    if not len(before.rows):
        return WordIndex.of_entries(put, moves.size, before.numbers)
    found = np.diff(before.starts, append=[before.starts[-1]] * (words + 1 - len(before.starts)))
    starts = starts_of(found)
    out = _places(before.rows, starts, left.words, left.rows)
    into = _places(before.rows, starts, put.words, moves.followers(put.rows))
    into -= np.searchsorted(out, into)
    rows = moves.now.astype(np.int32)[before.rows] if moves.shifts else before.rows
    added, taken = (np.bincount(one.words, minlength=words) for one in (put, left))
    return WordIndex(
        before.numbers,
        starts_of(found + added - taken),
        np.insert(np.delete(rows, out), into, put.rows),
        np.insert(np.delete(before.counts, out), into, put.counts),
        moves.carried(before.lengths, {row: text.counts.sum() for row, text in new.items()}),
    )


def _places(rows: Rows, starts: Ints, words: NDArray[np.int32], wanted: Ints | Rows) -> Ints:
    """Return for each word and row where its entry stands, or where it is to be put.

    Each stretch of a word is halved until one place is left, all of them at once.
    """
    low, high = starts[words], starts[words + 1]
    while (low < high).any():
        middle = (low + high) // 2
        is_open = low < high
        below = is_open & (rows[np.minimum(middle, len(rows) - 1)] < wanted)
        low, high = np.where(below, middle + 1, low), np.where(is_open & ~below, middle, high)
    return low


def moved_embeddings(
    before: EmbeddingIndex, moves: Moves, changed: Mapping[int, Vector | None]
) -> EmbeddingIndex:
    """Return the vectors after the moves; `changed` are new ones by their rows, None for none."""
    rows = np.arange(len(before.vectors)) if before.rows is None else before.rows
    now = moves.now[rows]
    if not changed and len(now) == len(moves.now) == moves.size and np.array_equal(now, rows):
        return before
    has = np.full(moves.size, GONE, np.intp)
    kept = np.flatnonzero(now != GONE)
    has[now[kept]] = kept
    new = {row: vector for row, vector in changed.items() if vector is not None}
    has[[row for row in changed if row not in new]] = GONE
    # Any source will do where the vector itself is put in below.
    has[list(new)] = 0
    known = np.flatnonzero(has != GONE)
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
