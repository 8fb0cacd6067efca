"""The words that are known, and which of them somebody meant who wrote another.

A word that is known is never changed. Where it is not, it is two known words written as one, or
else the known words that are one letter away, two in a long word: a letter wrong, missing, too
many, or changed places with the next (optimal string alignment). The first letter is trusted.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from math import log

from aiff_kit.text.stems import stems_of

_SHORTEST_WRONG = 4
_SHORTEST_TWICE_WRONG = 8
_SHORTEST_HALF = 3
_MOST_MEANT = 3
# A capital may only begin a sentence: a spelling without one counts more.
_PLAIN = 3
# A stem that keeps most of a word stands for it; a short one stands for too many others.
_MOST_ENDING = 3
_SHORTEST_STEM = 4


class Lexicon:
    """Known words: how often each is written, and how it is mostly written."""

    def __init__(self, spellings: Sequence[tuple[str, str, int]]) -> None:
        """Take folded words, each with a spelling and how many texts have it so."""
        self._given = spellings

    def __len__(self) -> int:
        """Return the number of known words."""
        return len(self._counts)

    def __contains__(self, word: str) -> bool:
        """Tell whether a word is known as it stands."""
        return word in self._counts

    def knows(self, word: str) -> bool:
        """Tell whether a word is known as it stands or in another inflection."""
        return word in self._counts or any(
            stem in known and len(stem) >= max(_SHORTEST_STEM, len(word) - _MOST_ENDING)
            for stem, known in zip(stems_of(word), self._stems, strict=True)
        )

    def telling(self, words: Sequence[str]) -> float:
        """Return how much is told by any of these words: the rarer, the more (idf)."""
        return log(1 + self._most / (1 + sum(self._counts.get(word, 0) for word in words)))

    def spelled(self, word: str) -> str:
        """Return a word as it is mostly written; an unknown one as it stands."""
        return self._spelled.get(word, word)

    def halves(self, word: str) -> tuple[str, str] | None:
        """Return the two known words that are written as one, the more usual ones first."""
        places = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        pairs = [(word[:place], word[place:]) for place in places]
        known = [pair for pair in pairs if pair[0] in self._counts and pair[1] in self._counts]
        return max(known, key=lambda pair: min(map(self._counts.__getitem__, pair)), default=None)

    def meant(self, word: str) -> tuple[str, ...]:
        """Return the known words that are nearest to an unknown one, most usual first."""
        if len(word) < _SHORTEST_WRONG or not word.isalpha():
            return ()
        most = 2 if len(word) >= _SHORTEST_TWICE_WRONG else 1
        letters = _letters(word)
        near = [
            (distance, -self._counts[other], other)
            for length in range(len(word) - most, len(word) + most + 1)
            for other, held in self._by_shape[word[0], length]
            if (letters ^ held).bit_count() <= 2 * most
            and (distance := edit_distance(word, other)) <= most
        ]
        nearest = min(near, default=(0,))[0]
        return tuple(other for distance, _, other in sorted(near) if distance == nearest)[
            :_MOST_MEANT
        ]

    @cached_property
    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for word, _, count in self._given:
            counts[word] = counts.get(word, 0) + count
        return counts

    @cached_property
    def _most(self) -> int:
        """Return how many texts have the most usual word, nearly all of them."""
        return max(self._counts.values(), default=1)

    @cached_property
    def _spelled(self) -> dict[str, str]:
        best: dict[str, tuple[int, str]] = {}
        for word, spelling, count in self._given:
            rank = (-count * (_PLAIN if spelling.islower() else 1), spelling)
            best[word] = min(rank, best.get(word, rank))
        return {word: spelling for word, (_, spelling) in best.items()}

    @cached_property
    def _stems(self) -> tuple[frozenset[str], frozenset[str]]:
        pairs = [stems_of(word) for word in self._counts]
        return frozenset(french for french, _ in pairs), frozenset(english for _, english in pairs)

    @cached_property
    def _by_shape(self) -> defaultdict[tuple[str, int], list[tuple[str, int]]]:
        shapes: defaultdict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        for word in self._counts:
            if word.isalpha():
                shapes[word[0], len(word)].append((word, _letters(word)))
        return shapes


def edit_distance(one: str, other: str) -> int:
    """Return how many letters are wrong, missing, too many, or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _letters(word: str) -> int:
    """Return which letters a word holds, as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 61)
    return bits
