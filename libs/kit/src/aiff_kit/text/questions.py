"""What a question asks for, read with the words that are known.

A question in capitals, without its accents, with a letter wrong or with a name in two parts is
read as the same question: its words are put in their known spelling. So words and sentence
vectors alike see what was meant.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from aiff_kit.text.folding import readable
from aiff_kit.text.spelling import Lexicon
from aiff_kit.text.stems import stems_of
from aiff_kit.text.words import Word, asked_words, words_of, written_words

# In a long question the other words tell enough: there a word that is not known is more often
# one of another subject than a misspelled one.
_SHORT = 6
_CORRECTED, _CORRECTED_IN_LONG = 0.9, 0.5
_MOST_JOINED = 3
_SHORTEST_JOINED = 6
_FEW = 2
_REMEMBERED = 100_000
_MOST_READ = 1_000
# Names of machines, numbers and abbreviations of two letters are found by their letters alone.
# A size beside a name says more about the same thing: `H100 80 Go` asks for H100. It is in the
# spelling for the sentence vector, and no offer is lost for not writing it.
_SIZE = re.compile(r"(?<![\w.,])\d{1,5} ?(?:[gt]i?[ob])\b(?! ?\d)", re.IGNORECASE)
_TELLING_WORD = re.compile(r"(?<!\w)[^\W\d_]{3,}(?!\w)")


@dataclass(frozen=True, slots=True)
class AskedWord:
    """One word of a question as any of the words that may be meant by it.

    `typed` is the word as it was typed where another one is meant; `share` is how much of what
    the question tells is told by it.
    """

    meant: tuple[Word, ...]
    weight: float = 1.0
    typed: Word | None = None
    share: float = 0.0


@dataclass(frozen=True)
class Question:
    """A question as it is read.

    `text` is it in the spelling that is known, for a sentence vector; `joined` are pairs of its
    words that are known as one word too; `is_corrected` tells that a word was taken for another.
    """

    words: tuple[AskedWord, ...] = ()
    joined: tuple[Word, ...] = ()
    text: str = ""
    is_corrected: bool = False

    @property
    def needed(self) -> int:
        """Return how many of the words what is found must have."""
        return self.needed_of(len(self.words))

    @staticmethod
    def needed_of(words: int) -> int:
        """Return how many of so many words must be there: one or two all, else half of them."""
        return words if words <= _FEW else -(-words // 2)

    @property
    def has_meaning(self) -> bool:
        """Tell whether it says more than names of machines, numbers and short abbreviations."""
        return has_meaning(self.text)

    @cached_property
    def terms(self) -> Mapping[str, float]:
        """Return the stems that are looked for with their weights."""
        weights: dict[str, float] = {}
        for asked in self.words:
            share = asked.weight / len(asked.meant) ** 0.5
            for word in asked.meant:
                _weigh(weights, word, share)
        for word in self.joined:
            _weigh(weights, word, 1.0)
        return weights


def _is_inflected(word: Word, meant: Sequence[str]) -> bool:
    """Tell whether a word is only another form of those that are near to it."""
    own = set(stems_of(word.whole))
    return any(own.intersection(stems_of(other)) for other in meant)


def has_meaning(text: str) -> bool:
    """Tell whether a text says more than names of machines, numbers and short abbreviations."""
    return _TELLING_WORD.search(text) is not None


def terms_of(word: Word) -> tuple[str, ...]:
    """Return the stems of a word and of its parts, marked by their language."""
    return _terms(word.forms)


def terms_in(text: str) -> Iterator[str]:
    """Return the stems of the words of a text that say something."""
    return (term for word in words_of(text) for term in terms_of(word))


class QuestionReader:
    """Reads questions with the words that are known; the last ones are remembered."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the words that are known."""
        self.lexicon = lexicon
        self._read: dict[str, Question] = {}

    def read(self, text: str) -> Question:
        """Return a question as it is meant where these words are known."""
        known = self._read.get(text)
        if known is None:
            if len(self._read) >= _MOST_READ:
                self._read.clear()
            known = self._read[text] = _read(text, self.lexicon)
        return known


def _read(text: str, lexicon: Lexicon) -> Question:
    reader = _Reading(text, lexicon)
    return Question(
        tuple(_with_shares(reader.words, lexicon)),
        tuple(reader.joined),
        reader.spelled(),
        reader.is_corrected,
    )


def _with_shares(words: Sequence[AskedWord], lexicon: Lexicon) -> Iterator[AskedWord]:
    telling = [lexicon.telling([word.whole for word in asked.meant]) for asked in words]
    all_told = sum(telling)
    for asked, told in zip(words, telling, strict=True):
        yield AskedWord(asked.meant, asked.weight, asked.typed, told / all_told)


@lru_cache(_REMEMBERED)
def _terms(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        f"{language}:{stem}"
        for form in forms
        for language, stem in zip("fe", stems_of(form), strict=True)
    )


def _without_sizes(words: Sequence[Word], text: str) -> Sequence[Word]:
    """Return the words that are no size, or all where nothing else is asked for."""
    sizes = [found.span() for found in _SIZE.finditer(text)]
    if not sizes:
        return words
    others = [word for word in words if not any(start <= word.start < end for start, end in sizes)]
    return others or words


def _weigh(weights: dict[str, float], word: Word, weight: float) -> None:
    for term in terms_of(word):
        weights[term] = max(weights.get(term, 0.0), weight)


class _Reading:
    """Reads one question, word by word; what it replaces is kept by place."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = readable(text)
        self._lexicon = lexicon
        self._replaced: dict[int, tuple[int, str]] = {}
        self.words: list[AskedWord] = []
        self.joined: list[Word] = []
        self.is_corrected = False
        words = _without_sizes(asked_words(self._text), self._text)
        self._is_short = len(words) <= _SHORT
        while words:
            words = words[self._take(words) :]

    def spelled(self) -> str:
        """Return the text with each known word as it is mostly written."""
        parts, place = [], 0
        lower = self._text.lower()
        plain = lower if len(lower) == len(self._text) else self._text
        for word in written_words(self._text):
            if word.start < place:
                continue
            end, written = self._replaced.get(word.start) or (word.end, self._known(word, plain))
            parts += [plain[place : word.start], written]
            place = end
        return "".join((*parts, plain[place:]))

    def _known(self, word: Word, plain: str) -> str:
        written = plain[word.start : word.end]
        if word.whole in self._lexicon or len(word.parts) == 1:
            return self._lexicon.spelled(word.whole) if word.whole in self._lexicon else written
        return " ".join(map(self._lexicon.spelled, word.parts))

    def _take(self, words: Sequence[Word]) -> int:
        """Read the first word, or the first few as one; return how many."""
        for count in range(_MOST_JOINED, 1, -1):
            if len(words) >= count and self._is_one(words[:count]):
                return count
        self._take_one(words[0])
        return 1

    def _is_one(self, words: Sequence[Word]) -> bool:
        """Take words for one that is known: `H 100`; both ways where each is a word too."""
        whole = "".join(word.whole for word in words)
        if whole not in self._lexicon:
            return False
        one = Word(whole, tuple(dict.fromkeys(part for word in words for part in word.parts)))
        if all(self._stands_alone(word.whole) for word in words):
            if len(words) == _FEW and len(whole) >= _SHORTEST_JOINED:
                self.joined.append(Word(whole, (whole,)))
            return False
        self.words.append(AskedWord((one,)))
        self._replace(words[0].start, words[-1].end, whole)
        return True

    def _stands_alone(self, word: str) -> bool:
        is_number = any(letter.isdigit() for letter in word)
        return len(word) > _FEW and not is_number and self._lexicon.knows(word)

    def _take_one(self, word: Word) -> None:
        if self._lexicon.knows(word.whole) or (
            len(word.parts) > 1 and any(map(self._lexicon.knows, word.parts))
        ):
            self.words.append(AskedWord((word,)))
        elif halves := self._lexicon.halves(word.whole):
            self.words += [AskedWord((Word(half, (half,)),)) for half in halves]
            self._replace(word.start, word.end, *halves)
        elif (meant := self._lexicon.meant(word.whole)) and not _is_inflected(word, meant):
            weight = _CORRECTED if self._is_short else _CORRECTED_IN_LONG
            self.words.append(AskedWord(tuple(Word(one, (one,)) for one in meant), weight, word))
            if self._is_short:
                self.is_corrected = True
                self._replace(word.start, word.end, meant[0])
        else:
            self.words.append(AskedWord((word,)))

    def _replace(self, start: int, end: int, *words: str) -> None:
        self._replaced[start] = (end, " ".join(map(self._lexicon.spelled, words)))
