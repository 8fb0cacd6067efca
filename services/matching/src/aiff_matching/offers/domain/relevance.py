"""Text relevance: how well an offer's texts answer a question's text, by words and by meaning.

The formula and its constants are those of `aiff_kit.text.relevance`, as the catalogue's search
has them; here they are computed over all offers at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from aiff_contracts.offer import ComputeDetails, Details, OfferDocument
from aiff_kit.text import Naming, Question, QuestionReader, Texts, namings_of, passage
from aiff_kit.text.relevance import (
    FARTHEST,
    LENGTH_NORMALISATION,
    SATURATION,
    WORDS_SHARE,
)
from aiff_matching.profiles.domain.need import ComputeNeed, Need

Vector = NDArray[np.float32]
Shares = NDArray[np.float64]
Ints = NDArray[np.intp]

# Tells the marks of titles from stems.
_TITLED = "@"


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a text's words with their weighted counts."""

    words: NDArray[np.int32]
    counts: NDArray[np.int32]

    @classmethod
    def of(cls, text: Mapping[str, int], numbers: dict[str, int]) -> "Counted":
        """Return a text by the numbers of its words; new words get the next numbers."""
        words = [numbers.setdefault(word, len(numbers)) for word in text]
        return cls(np.array(words, np.int32), np.fromiter(text.values(), np.int32, len(text)))


Rows = NDArray[np.int32]
_NO_ROWS: Rows = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class WordEntries:
    """Which words stand in which rows with which counts, ordered by the word, then by the row."""

    words: NDArray[np.int32]
    rows: Rows
    counts: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Mapping[int, Counted]) -> "WordEntries":
        """Return the entries of texts by their rows."""
        if not texts:
            return cls(_NO_ROWS, _NO_ROWS, _NO_ROWS)
        words = np.concatenate([text.words for text in texts.values()])
        counts = np.concatenate([text.counts for text in texts.values()])
        numbers = np.fromiter(texts, np.int32, len(texts))
        rows = np.repeat(numbers, [len(text.words) for text in texts.values()])
        order = np.lexsort((rows, words))
        return cls(words[order], rows[order], counts[order])


@dataclass(frozen=True, slots=True)
class WordIndex:
    """For each word the rows that have it and how often, weighted.

    The entries of word number `n` are those from `starts[n]` to `starts[n + 1]`. `numbers` may
    know words that were numbered later for another index. `lengths` are those of the texts by
    row. What an entry adds to a score is worked out when its word is asked for: any change of one
    text changes it for all.
    """

    numbers: Mapping[str, int]
    starts: NDArray[np.intp]
    rows: Rows
    counts: NDArray[np.int32]
    lengths: Shares

    @classmethod
    def of(cls, texts: Sequence[Mapping[str, int]]) -> "WordIndex":
        """Index texts, each given as its words with their weighted counts."""
        numbers: dict[str, int] = {}
        counted = [Counted.of(text, numbers) for text in texts]
        return cls.of_entries(WordEntries.of(dict(enumerate(counted))), len(texts), numbers)

    @classmethod
    def of_entries(cls, entries: WordEntries, size: int, numbers: Mapping[str, int]) -> "WordIndex":
        """Index so many texts by their entries; a number may be in no text any more."""
        starts = starts_of(np.bincount(entries.words, minlength=len(numbers)))
        lengths = np.bincount(entries.rows, entries.counts, minlength=size).astype(np.float64)
        return cls(numbers, starts, entries.rows, entries.counts, lengths)

    def relevance(self, asked: Mapping[str, float]) -> Shares:
        """Return the BM25 score of every row over the best one; stems count by their weights."""
        scores = np.zeros(len(self.lengths))
        damping = self._damping()
        # In the order of the words themselves: sums must not depend on who was numbered first.
        for word in sorted(asked):
            entries = self._entries(word)
            rows, counts = self.rows[entries], self.counts[entries]
            told = self._telling(len(rows)) * counts * (SATURATION + 1)
            scores[rows] += asked[word] * (told / (counts + damping[rows]))
        return _stretched(scores, 0.0)

    def _damping(self) -> Shares:
        """Return how much the length of each text weakens the words in it."""
        average = max(float(self.lengths.mean()) if len(self.lengths) else 0.0, 1e-9)
        relative = 1 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * self.lengths / average
        damping: Shares = SATURATION * relative
        return damping

    def _telling(self, having: int) -> float:
        """Return what a word tells that so many of the texts have."""
        return float(np.log(1 + (len(self.lengths) - having + 0.5) / (having + 0.5)))

    def named(self, naming: Naming) -> Rows:
        """Return the rows, in order, of which the titles have what a question looks for."""
        found = sorted((self._having_any(choice) for choice in naming.choices), key=len)
        return reduce(_in_both, found)

    def _having_any(self, choice: Sequence[Sequence[str]]) -> Rows:
        return reduce(np.union1d, [self._having(marks) for marks in choice])

    def _having(self, marks: Iterable[str]) -> Rows:
        found = [self.rows[self._entries(_TITLED + mark)] for mark in marks]
        return reduce(_in_both, sorted(found, key=len))

    def _entries(self, word: str) -> slice:
        number, words = self.numbers.get(word), len(self.starts) - 1
        if number is None or number >= words:
            return slice(0, 0)
        return slice(self.starts[number], self.starts[number + 1])


@dataclass(frozen=True, slots=True)
class EmbeddingIndex:
    """The sentence vectors of the rows that have one; `rows` None means that all have one."""

    vectors: Vector
    rows: NDArray[np.intp] | None

    @classmethod
    def of(cls, vectors: Sequence[Vector | None]) -> "EmbeddingIndex":
        """Keep the known vectors in one block."""
        known = [row for row, vector in enumerate(vectors) if vector is not None]
        block = [vector for vector in vectors if vector is not None]
        stacked = np.array(block, np.float32) if block else np.zeros((0, 0), np.float32)
        return cls(stacked, None if len(known) == len(vectors) else np.array(known, np.intp))

    def relevance(self, embedding: Vector) -> Shares:
        """Return how near the rows that have a vector are, the nearest being 1."""
        return _stretched((self.vectors @ embedding).astype(np.float64), FARTHEST)


@dataclass(frozen=True, slots=True)
class TextIndex:
    """The texts of a catalogue's offers, by row, and what reads questions with their words."""

    words: WordIndex
    embeddings: EmbeddingIndex
    reader: QuestionReader

    @property
    def has_embeddings(self) -> bool:
        """Tell whether the sentence vector of any offer is known."""
        return len(self.embeddings.vectors) > 0

    def relevance(self, question: Question, embedding: Vector | None) -> Shares:
        """Return the relevance of every row; where a vector is missing, the words decide alone."""
        relevance = self.words.relevance(question.terms)
        if embedding is not None and self.has_embeddings:
            rows = slice(None) if self.embeddings.rows is None else self.embeddings.rows
            near = (1 - WORDS_SHARE) * self.embeddings.relevance(embedding)
            relevance[rows] = WORDS_SHARE * relevance[rows] + near
        for naming in namings_of(question.words):
            relevance[self.words.named(naming)] += naming.added
        return relevance / max(1.0, float(relevance.max(initial=0.0)))


def _in_both(few: Rows, many: Rows) -> Rows:
    """Return the rows that are in both, each of which is in order."""
    if not len(few) or not len(many):
        return _NO_ROWS
    places = np.searchsorted(many, few)
    found: Rows = few[many[np.minimum(places, len(many) - 1)] == few]
    return found


def text_of(need: Need) -> str:
    """Return all that a need says in words."""
    topics = [*(need.training.topics if need.training else ())]
    topics += need.expertise.topics if need.expertise else ()
    purpose = need.funding.purpose if need.funding else None
    words = _hardware(need.compute) if need.compute else ()
    parts = [need.title, need.description, purpose, *topics, *words]
    return " ".join(part for part in parts if part)


def _hardware(job: ComputeNeed) -> tuple[str | None, ...]:
    """Return what is wished for; the GPU on which hours were measured is no wish."""
    return (job.gpu_model if job.gpu_hours is None else None, job.framework)


def passages(offer: OfferDocument) -> tuple[str, str]:
    """Return what an offer is about, in French and in English: its vector is that of both."""
    french, english = (
        passage(offer.title.fr, offer.summary.fr, offer.keywords),
        passage(offer.title.en, offer.summary.en, offer.keywords),
    )
    return french, english


def term_weights(texts: Texts) -> dict[str, int]:
    """Return the stems of an offer, each counted by the weight of the fields it stands in.

    The marks of its titles stand beside them, without weight.
    """
    return texts.terms() | {_TITLED + word: 0 for word in texts.titled()}


def texts_of(offer: OfferDocument) -> Texts:
    """Return the texts of an offer by how much they tell."""
    described, details, organisations = offer.description, offer.details, offer.organisation_details
    return Texts(
        slugs=(offer.slug, *(organisation.slug for organisation in organisations)),
        titles=(offer.title.fr, offer.title.en),
        keywords=(*offer.keywords, *getattr(details, "topics", ()), *_gpu_names(details)),
        names=(
            *(organisation.name for organisation in organisations),
            *filter(None, (getattr(details, "system", None), *_programmes(details))),
        ),
        summaries=(offer.summary.fr, offer.summary.en),
        descriptions=(described.fr, described.en) if described else (),
    )


def _gpu_names(details: Details) -> tuple[str, ...]:
    """Return a model's name and its family's: an `H100-SXM` is also found as `H100`."""
    if not isinstance(details, ComputeDetails) or details.gpu is None:
        return ()
    name = details.gpu.model.upper()
    return tuple(dict.fromkeys((name, name.split("-")[0])))


def _programmes(details: Details) -> tuple[str | None, ...]:
    if isinstance(details, ComputeDetails):
        return tuple(mode.programme for mode in details.access_modes)
    return (getattr(details, "programme", None),)


def starts_of(found: Ints) -> Ints:
    """Return where the entries of each word begin, and where they end, by how many it has."""
    starts: Ints = np.concatenate(([0], np.cumsum(found))).astype(np.intp)
    return starts


def _stretched(values: Shares, low: float) -> Shares:
    """Stretch to [0, 1] from a lowest value on; where none is above it, all are 0."""
    high = float(values.max(initial=low))
    return np.clip((values - low) / (high - low), 0, 1) if high > low else np.zeros(len(values))
