"""The words of a search with what means the same: one rule for every engine.

Whole terms are recognised, longest first, whatever their hyphens and whether they are plural.
What replaces a term is not looked up again, so synonyms never lead to others' synonyms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from aiff_catalog.search.domain.queries import Synonyms
from aiff_kit.text import Question, Word, asked_words

# What was typed counts more than what means the same.
_WEIGHT = 0.8
_MOST_WORDS = 6
# What of several that match the same counts beside the best of them.
TIE = 0.2
_SHORTEST_PLURAL = 4

Phrase = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of a search that mean one thing, and the phrases that mean the same."""

    typed: Phrase
    others: tuple[Phrase, ...] = ()

    def weight(self, other: Phrase) -> float:
        """Return what a phrase counts; one of more words than typed counts no more for that."""
        return _WEIGHT * len(self.typed) / len(other)


def expanded(question: Question, synonyms: Synonyms) -> tuple[Unit, ...]:
    """Return the search in units; nothing where no word of it has a synonym."""
    if not synonyms.groups:
        return ()
    words = tuple(asked.typed or asked.meant[0] for asked in question.words)
    units = tuple(_units(words, _table(synonyms)))
    return units if any(unit.others for unit in units) else ()


def _units(words: Phrase, table: Mapping[str, tuple[Phrase, ...]]) -> Iterator[Unit]:
    start = 0
    while start < len(words):
        unit = _longest(words[start : start + _MOST_WORDS], table)
        yield unit
        start += len(unit.typed)


def _longest(words: Phrase, table: Mapping[str, tuple[Phrase, ...]]) -> Unit:
    for length in range(len(words), 0, -1):
        others = table.get(_key(words[:length]))
        if others:
            return Unit(words[:length], others)
    return Unit(words[:1])


@lru_cache(4)
def _table(synonyms: Synonyms) -> Mapping[str, tuple[Phrase, ...]]:
    """Return, for each term, the others of its group; a term belongs to one group."""
    table: dict[str, tuple[Phrase, ...]] = {}
    for group in synonyms.groups:
        phrases = {_key(words): words for words in map(asked_words, group) if words}
        for key in phrases:
            others = tuple(words for other, words in phrases.items() if other != key)
            table.setdefault(key, others)
    return table


def _key(words: Phrase) -> str:
    return "".join(_singular(word.whole) for word in words)


def _singular(word: str) -> str:
    plural = len(word) >= _SHORTEST_PLURAL and word[-1] in "sx"
    return word[:-1] if plural else word
