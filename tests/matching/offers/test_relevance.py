"""Text relevance: by words, by meaning, and by both."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.matching.documents import both, compute, grant

from aiff_contracts.codec import parse
from aiff_kit.text import Lexicon, Question, QuestionReader, Texts, namings_of, terms_in
from aiff_kit.text.relevance import NAMED, WORDS_SHARE
from aiff_matching.offers.domain.relevance import (
    EmbeddingIndex,
    TextIndex,
    WordIndex,
    passages,
    term_weights,
    text_of,
    texts_of,
)
from aiff_matching.profiles.domain.need import Need

TEXTS = [{"gpu": 2.0, "paris": 1.0}, {"gpu": 1.0}, {"pret": 3.0, "gpu": 1.0, "long": 4.0}, {}]
NORTH, EAST = np.array([0, 1], np.float32), np.array([1, 0], np.float32)


def index_of(texts, vectors) -> TextIndex:
    return TextIndex(WordIndex.of(texts), EmbeddingIndex.of(vectors), QuestionReader(Lexicon(())))


def asked(word: str) -> Question:
    """A question for one stem, which no offer is called by."""
    question = Question()
    question.__dict__["terms"] = {word: 1.0}
    return question


def plain_bm25(asked: set[str], row: int) -> float:
    """The formula of Robertson and Zaragoza, word by word."""
    average = sum(sum(text.values()) for text in TEXTS) / len(TEXTS)
    total = 0.0
    for word in sorted(asked & set(TEXTS[row])):
        having = sum(word in text for text in TEXTS)
        telling = log(1 + (len(TEXTS) - having + 0.5) / (having + 0.5))
        count, length = TEXTS[row][word], sum(TEXTS[row].values())
        total += telling * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / average))
    return total


@given(st.sets(st.sampled_from(["gpu", "paris", "pret", "long", "nowhere"])))
def test_words_are_scored_by_bm25_and_stretched_to_one(asked: set[str]) -> None:
    plain = [plain_bm25(asked, row) for row in range(len(TEXTS))]
    expected = [value / (max(plain) or 1) for value in plain]
    assert WordIndex.of(TEXTS).relevance(dict.fromkeys(asked, 1.0)).tolist() == pytest.approx(
        expected
    )


def test_an_empty_catalogue_has_no_relevance() -> None:
    assert index_of([], []).relevance(asked("gpu"), NORTH).tolist() == []


def test_words_and_meaning_are_summed_by_their_shares() -> None:
    index = index_of(TEXTS[:2], [EAST, NORTH])
    assert index.relevance(asked("paris"), NORTH).tolist() == [WORDS_SHARE, 1 - WORDS_SHARE]


def test_without_the_meaning_of_the_question_the_words_decide_alone() -> None:
    index = index_of(TEXTS[:2], [EAST, NORTH])
    assert index.relevance(asked("paris"), None).tolist() == [1, 0]


def test_an_offer_whose_vector_is_not_there_yet_is_found_by_its_words() -> None:
    index = index_of(TEXTS[:3], [None, NORTH, EAST])
    assert index.relevance(asked("paris"), NORTH).tolist() == [1, 1 - WORDS_SHARE, 0]


def test_a_title_tells_more_than_a_description() -> None:
    titled = term_weights(texts_of(grant("aide", title="robotique")))
    described = term_weights(texts_of(grant("autre", description=both("robotique"))))
    word = next(terms_in("robotique"))
    assert titled[word] > described[word]


def test_the_gpu_of_a_machine_is_among_its_words() -> None:
    words = term_weights(texts_of(compute("machine", details={"gpu": {"model": "MI300A"}})))
    assert set(terms_in("mi300a")) <= set(words)


def test_a_title_that_has_all_words_of_a_question_comes_before_what_only_has_them() -> None:
    texts = [
        Texts(slugs=["jean-zay-h100"], titles=["Jean Zay"], descriptions=["H100"]),
        Texts(slugs=["h100"], titles=["H100"], descriptions=["Jean Zay " * 30]),
    ]
    reader = QuestionReader(Lexicon(()))
    index = TextIndex(WordIndex.of([*map(term_weights, texts)]), EmbeddingIndex.of([]), reader)
    *_, all_words, _ = namings_of(reader.read("Jean-Zay H100").words)
    assert index.words.named(all_words).tolist() == [0]
    relevance = index.relevance(reader.read("Jean-Zay H100"), None)
    assert relevance[0] == 1
    assert relevance[1] < 1 - NAMED / 2


def test_an_offer_speaks_french_and_english() -> None:
    french, english = passages(grant("aide", title="prêt", keywords=["amorçage"]))
    assert french.startswith("prêt. ")
    assert english.endswith(" amorçage")


def test_all_words_of_a_need_are_read() -> None:
    need = {
        "title": "un",
        "description": "deux",
        "funding": {"purpose": "trois"},
        "training": {"topics": ["quatre"]},
        "expertise": {"topics": ["cinq"]},
        "compute": {"gpu_model": "H100", "framework": "PyTorch"},
    }
    assert text_of(parse(Need, need)) == "un deux trois quatre cinq H100 PyTorch"
    assert text_of(Need()) == ""
