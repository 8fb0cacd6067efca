"""Sentence vectors: computed behind the events, kept with the copy, used by questions."""

from collections.abc import Sequence

import numpy as np
from starlette.testclient import TestClient
from tests.matching.documents import grant, published

from aiff_kit.embeddings import OfferEmbeddings
from aiff_kit.encoder import DIMENSION, EncoderUnavailableError, NoEncoder, SentenceEncoder
from aiff_matching.main.matching import Matching

FARM = {
    "title": "Aide aux exploitations agricoles",
    "summary": "Subvention aux agriculteurs pour leurs récoltes",
}
SHIP = {
    "title": "Aide aux chantiers navals",
    "summary": "Subvention aux bateaux et aux ports",
}


def publish(matching: Matching, slug: str, texts: dict[str, str], version: int = 1) -> None:
    document = grant(slug, version=version, **texts)
    matching.offers.projection.handle(published(document, sequence=version))


def vectors(matching: Matching) -> np.ndarray:
    return matching.offers.catalogue.current().texts.embeddings.vectors


def ask(client: TestClient, text: str) -> dict:
    answer = client.post("/v1/matches", json={"need": {"description": text}})
    assert answer.status_code == 200
    return answer.json()


def test_english_finds_an_offer_that_is_written_in_french(
    matching: Matching, anonymous: TestClient
) -> None:
    publish(matching, "a-ship", SHIP)
    publish(matching, "z-farm", FARM)
    assert matching.offers.embeddings.step() == 2
    found = ask(anonymous, "money for farmers and their harvest")
    assert found["items"][0]["offer"]["slug"] == "z-farm"
    assert found["degraded"] is False


def test_until_the_vectors_are_there_the_answer_says_that_words_decided(
    matching: Matching, anonymous: TestClient
) -> None:
    publish(matching, "farm", FARM)
    assert ask(anonymous, "harvest")["degraded"] is True
    assert anonymous.post("/v1/matches", json={}).json()["degraded"] is False


def test_a_vector_is_computed_once_and_again_for_a_new_text(matching: Matching) -> None:
    publish(matching, "farm", FARM)
    assert [matching.offers.embeddings.step(), matching.offers.embeddings.step()] == [1, 0]
    first = vectors(matching).copy()
    publish(matching, "farm", SHIP, version=2)
    assert vectors(matching).tolist() == first.tolist()
    assert [matching.offers.embeddings.step(), matching.offers.embeddings.step()] == [1, 0]
    assert vectors(matching).tolist() != first.tolist()


def test_a_vector_of_a_text_that_was_replaced_meanwhile_is_dropped(matching: Matching) -> None:
    class Slow(SentenceEncoder):
        def encode(self, texts: Sequence[str]) -> np.ndarray:
            publish(matching, "farm", SHIP, version=2)
            return super().encode(texts)

    publish(matching, "farm", FARM)
    OfferEmbeddings(matching.base.unit_of_work, Slow()).step()
    assert len(vectors(matching)) == 0
    assert matching.offers.embeddings.step() == 1
    assert vectors(matching).shape == (1, DIMENSION)


def test_vectors_of_another_model_are_not_compared_and_are_made_again(matching: Matching) -> None:
    class Older(SentenceEncoder):
        model = "older"

    publish(matching, "farm", FARM)
    assert OfferEmbeddings(matching.base.unit_of_work, Older()).step() == 1
    assert len(vectors(matching)) == 0
    assert matching.offers.embeddings.step() == 1
    assert len(vectors(matching)) == 1


def test_without_an_encoder_offers_are_found_by_their_words(
    matching: Matching, anonymous: TestClient, monkeypatch
) -> None:
    class Broken(SentenceEncoder):
        def encode(self, texts: Sequence[str]) -> np.ndarray:
            raise EncoderUnavailableError("no model")

    publish(matching, "farm", FARM)
    for encoder in (NoEncoder(), Broken()):
        embeddings = OfferEmbeddings(matching.base.unit_of_work, encoder)
        assert [embeddings.step(), embeddings.step()] == [0, 0]
    found = ask(anonymous, "récolte")
    assert (found["items"][0]["offer"]["slug"], found["degraded"]) == ("farm", True)
