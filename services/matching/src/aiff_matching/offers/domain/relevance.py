"""Text relevance: how well an offer's texts answer a question's text, by words and by meaning.

Words: BM25 (Robertson and Zaragoza 2009, with the idf of Lucene) over the fields of an offer,
the telling ones counting more. Meaning: the cosine of sentence vectors, in which French and
English texts of like meaning are near to each other. Each is min-max normalised over the
catalogue, so that their weighted sum compares like with like. The share of the words was chosen
on half of the judged needs of `bench/judged`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiff_contracts.offer import ComputeDetails, OfferDocument
from aiff_matching.offers.domain.stemming import stems
from aiff_matching.profiles.domain.need import ComputeNeed, Need

Vector = NDArray[np.float32]
Shares = NDArray[np.float64]

WORDS_SHARE = 0.7
_SATURATION = 1.2
_LENGTH_NORMALISATION = 0.5
_TITLE, _KEYWORDS, _ORGANISATIONS, _SUMMARY, _DESCRIPTION = 2.0, 1.5, 1.0, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a text's words with their weighted counts."""

    words: NDArray[np.int32]
    counts: NDArray[np.float64]

    @classmethod
    def of(cls, text: Mapping[str, float], numbers: dict[str, int]) -> "Counted":
        """Return a text by the numbers of its words; new words get the next numbers."""
        words = [numbers.setdefault(word, len(numbers)) for word in text]
        return cls(np.array(words, np.int32), np.fromiter(text.values(), np.float64, len(text)))


_NO_ROWS: NDArray[np.int32] = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class WordIndex:
    """For each word the rows that have it and what it adds to their BM25 score.

    The entries of word number `n` are those from `starts[n]` to `starts[n + 1]`. `numbers` may
    know words that were numbered later for another index.
    """

    size: int
    numbers: Mapping[str, int]
    starts: NDArray[np.intp]
    rows: NDArray[np.int32]
    scores: NDArray[np.float64]

    @classmethod
    def of(cls, texts: Sequence[Mapping[str, float]]) -> "WordIndex":
        """Index texts, each given as its words with their weighted counts."""
        numbers: dict[str, int] = {}
        return cls.of_counted([Counted.of(text, numbers) for text in texts], numbers)

    @classmethod
    def of_counted(cls, texts: Sequence["Counted"], numbers: Mapping[str, int]) -> "WordIndex":
        """Index texts whose words are numbered already; a number may be in no text any more."""
        if not texts:
            return cls(0, {}, np.zeros(1, np.intp), _NO_ROWS, np.zeros(0))
        ids = np.concatenate([text.words for text in texts])
        counts = np.concatenate([text.counts for text in texts])
        lengths = [len(text.words) for text in texts]
        rows = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        order = np.argsort(ids, kind="stable")
        return cls.of_ordered(ids[order], rows[order], counts[order], len(texts), numbers)

    @classmethod
    def of_ordered(
        cls,
        words: NDArray[np.int32],
        rows: NDArray[np.int32],
        counts: NDArray[np.float64],
        size: int,
        numbers: Mapping[str, int],
    ) -> "WordIndex":
        """Index so many texts by their entries, which are in the order of their words."""
        found = np.bincount(words, minlength=len(numbers))
        starts = np.concatenate(([0], np.cumsum(found))).astype(np.intp)
        return cls(size, numbers, starts, rows, _bm25(counts, rows, found[words], size))

    def relevance(self, asked: frozenset[str]) -> Shares:
        """Return the BM25 score of every row, min-max normalised to [0, 1]."""
        scores, words = np.zeros(self.size), len(self.starts) - 1
        # In the order of the words themselves: sums must not depend on who was numbered first.
        for number in (self.numbers.get(word, words) for word in sorted(asked)):
            if number >= words:
                continue
            entries = slice(self.starts[number], self.starts[number + 1])
            scores[self.rows[entries]] += self.scores[entries]
        return _normalised(scores)


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
        """Return the cosine of the rows that have a vector, min-max normalised to [0, 1]."""
        return _normalised((self.vectors @ embedding).astype(np.float64))


@dataclass(frozen=True, slots=True)
class TextIndex:
    """The texts of a catalogue's offers, by row."""

    words: WordIndex
    embeddings: EmbeddingIndex

    @property
    def has_embeddings(self) -> bool:
        """Tell whether the sentence vector of any offer is known."""
        return len(self.embeddings.vectors) > 0

    def relevance(self, asked: frozenset[str], embedding: Vector | None) -> Shares:
        """Return the relevance of every row; where a vector is missing, the words decide alone."""
        by_words = self.words.relevance(asked)
        if embedding is None or not self.has_embeddings:
            return by_words
        rows = slice(None) if self.embeddings.rows is None else self.embeddings.rows
        near = (1 - WORDS_SHARE) * self.embeddings.relevance(embedding)
        by_words[rows] = WORDS_SHARE * by_words[rows] + near
        return by_words


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
    keywords = ", ".join(offer.keywords)
    return (
        f"{offer.title.fr}. {offer.summary.fr} {keywords}",
        f"{offer.title.en}. {offer.summary.en} {keywords}",
    )


def term_weights(offer: OfferDocument) -> dict[str, float]:
    """Return the words of an offer, each counted by the weight of the fields it stands in."""
    weights: Counter[str] = Counter()
    for weight, text in _fields(offer):
        for word in stems(text):
            weights[word] += weight  # type: ignore[assignment]
    return dict(weights)


def _fields(offer: OfferDocument) -> Iterator[tuple[float, str]]:
    for title in (offer.title.fr, offer.title.en):
        yield _TITLE, title
    for keyword in (*offer.keywords, *getattr(offer.details, "topics", ())):
        yield _KEYWORDS, keyword
    for organisation in offer.organisation_details:
        yield _ORGANISATIONS, organisation.name
    for summary in (offer.summary.fr, offer.summary.en):
        yield _SUMMARY, summary
    if offer.description is not None:
        yield _DESCRIPTION, offer.description.fr
        yield _DESCRIPTION, offer.description.en
    if isinstance(offer.details, ComputeDetails) and offer.details.gpu is not None:
        yield _KEYWORDS, offer.details.gpu.model


def _bm25(counts: Shares, rows: NDArray[np.int32], places: NDArray[np.intp], texts: int) -> Shares:
    """Return what each entry adds; `found` is the number of texts with the entry's word."""
    lengths = np.bincount(rows, counts, minlength=texts)
    average = max(float(lengths.mean()) if texts else 0.0, 1e-9)
    telling = np.log(1 + (texts - places + 0.5) / (places + 0.5))
    relative = 1 - _LENGTH_NORMALISATION + _LENGTH_NORMALISATION * lengths[rows] / average
    scores: Shares = telling * counts * (_SATURATION + 1) / (counts + _SATURATION * relative)
    return scores


def _normalised(values: Shares) -> Shares:
    """Stretch to [0, 1]; where all are equal nothing is told apart, and all are 0."""
    if not len(values):
        return values
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros(len(values))
