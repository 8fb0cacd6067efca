"""Searches by what a text means, on every index: French finds English, exact words stay first."""

import numpy as np
import pytest
from tests.catalog.support import both, content

from aiff_catalog.search.adapters.language.nearness import MOST_COMPARED
from aiff_catalog.search.adapters.tantivy import snapshot
from aiff_catalog.search.application.embeddings import QuestionEmbeddings
from aiff_catalog.search.domain.queries import SearchQuery
from aiff_kit.embeddings import OfferEmbeddings
from aiff_kit.encoder import NoEncoder, SentenceEncoder
from aiff_kit.text import Question, has_meaning


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.engines)])
def search_settings(request):
    engine = request.getfixturevalue(f"{request.param}_settings")
    return {**engine, "CATALOG_ENCODER": "sentences"}


FARM = {
    "title": both("Subvention pour les exploitations agricoles"),
    "summary": both("Une aide pour les agriculteurs et leurs récoltes"),
}
SHIP = {
    "title": both("Shipyard programme"),
    "summary": both("Support for boats, harbours and the sea"),
}


@pytest.fixture
def offers(place):
    place.publish("ferme", **FARM)
    place.publish("navire", "training", **SHIP)
    place.learn()
    return place


@pytest.mark.parametrize(
    ("text", "slug"),
    [("money for farmers", "ferme"), ("bateaux et ports maritimes", "navire")],
)
def test_each_language_finds_the_other(offers, text, slug):
    answer = offers.search(q=text, count="true")
    assert [item["slug"] for item in answer["items"]] == [slug]
    assert (answer["count"], answer["meaning"], answer["approximate"]) == (1, True, False)


def test_what_nobody_offers_finds_nothing(offers):
    answer = offers.search(q="recette de tarte aux pommes", count="true", facets="kind")
    assert (answer["count"], answer["facets"], answer["meaning"]) == (0, {"kind": []}, True)


@pytest.mark.parametrize("text", ["", "H100", "552 100 554", "IA"])
def test_a_text_without_a_meaning_of_its_own_says_nothing_of_it(offers, text):
    assert offers.search(q=text)["meaning"] is None


@pytest.fixture(params=["few", "many"])
def number_of_offers(request, monkeypatch):
    """Have the embedded index ask as it does for few offers, and as for many."""
    if request.param == "many":
        monkeypatch.setattr(snapshot, "_FEW", 0)


@pytest.mark.usefixtures("number_of_offers")
def test_a_filter_decides_before_what_is_near_does(place):
    for number in range(25):
        place.publish(f"ferme-{number}", **FARM)
    place.publish("cours", "training", title=both("Cours pour agriculteurs"))
    place.learn()
    answer = place.search(q="farmers", kind="training", count="true")
    assert ([item["slug"] for item in answer["items"]], answer["count"]) == (["cours"], 1)


@pytest.mark.usefixtures("number_of_offers")
def test_a_facet_counts_what_its_values_find_by_meaning_too(offers):
    answer = offers.search(q="money for farmers", kind="training", facets="kind", count="true")
    assert (answer["count"], answer["facets"]["kind"]) == (0, [{"value": "funding", "count": 1}])
    chosen = offers.search(q="money for farmers", kind="funding", count="true")
    assert chosen["count"] == 1


@pytest.mark.parametrize("sort", ["title", "-updated_at", "deadline"])
def test_what_is_found_by_meaning_is_there_in_every_order(offers, sort):
    assert offers.found(q="money for farmers", sort=sort) == ["ferme"]


def test_a_name_as_it_stands_is_first_however_near_others_are(place):
    place.publish("ferme", **FARM)
    place.publish("recolte", title=both("Harvest"), summary=both("agricultural aid for farmers"))
    place.publish("logiciel", "training", title=both("Agricultural"), summary=both("un logiciel"))
    place.learn()
    assert place.found(q="agricultural")[0] == "logiciel"


def test_a_model_of_gpu_in_a_sentence_is_first(place):
    place.publish("autre", title=both("Rent machines"), summary=both("Graphics cards by hour"))
    place.publish("h200", "compute", title=both("Cloud H200"), summary=both("serveurs"))
    place.learn()
    assert place.found(q="rent cards H200")[0] == "h200"


def test_pages_of_a_search_by_words_and_meaning_follow_each_other(place):
    for number in range(3):
        place.publish(f"ferme-{number}", **FARM)
    place.publish("mot", title=both("farmers"), summary=both("autre chose"))
    place.learn()
    whole = place.found(q="money for farmers")
    first = place.search(q="money for farmers", limit=2)
    second = place.search(q="money for farmers", limit=2, cursor=first["next"])
    paged = [item["slug"] for page in (first, second) for item in page["items"]]
    assert (len(whole), paged) == (4, whole)


def test_until_an_offer_has_its_vector_words_decide_and_the_answer_says_so(place):
    place.publish("ferme", **FARM)
    place.drain()
    assert place.search(q="exploitations")["meaning"] is False
    assert place.found(q="money for farmers") == []


def test_the_vector_of_the_former_text_serves_until_that_of_the_new_one_is_there(place):
    offer = place.publish("ferme", **FARM)
    place.learn()
    place.revise(offer, content("ferme", **SHIP))
    place.drain()
    assert place.found(q="money for farmers") == ["ferme"]
    place.learn()
    assert place.found(q="money for farmers") == []
    assert place.found(q="bateaux et ports maritimes") == ["ferme"]


def test_an_archived_offer_is_not_found_by_its_meaning(place):
    offer = place.publish("ferme", **FARM)
    place.learn()
    place.archive(offer)
    place.drain()
    assert place.found(q="money for farmers") == []


def test_archived_offers_take_no_place_among_the_nearest(place):
    """More of them than an answer has places for, all nearer than the one that is left."""
    nearest = [place.publish(f"ferme-{number}", **FARM) for number in range(MOST_COMPARED + 1)]
    place.publish("recolte", title=both("Récoltes"), summary=both("Aide au matériel agricole"))
    place.learn()
    assert "recolte" not in place.found(q="money for farmers", limit="100")
    for offer in nearest:
        place.archive(offer)
    place.drain()
    assert place.found(q="money for farmers", limit="100") == ["recolte"]
    place.publish("ferme-neuve", **FARM)
    place.learn()
    assert place.found(q="money for farmers") == ["ferme-neuve", "recolte"]


def test_a_rebuilt_index_has_the_vectors(offers):
    offers.catalog.indexing.maintenance.rebuild()
    assert offers.found(q="money for farmers") == ["ferme"]


def test_vectors_of_another_model_are_made_again(place):
    class Older(SentenceEncoder):
        model = "older 1"

    place.publish("ferme", **FARM)
    place.drain()
    while OfferEmbeddings(place.catalog.base.open, Older()).step():
        place.index()
    assert place.found(q="money for farmers") == []
    place.learn()
    assert place.found(q="money for farmers") == ["ferme"]


def test_a_vector_of_a_text_that_was_replaced_meanwhile_is_dropped(place):
    class Slow(SentenceEncoder):
        def encode(self, texts):
            place.revise(offer, content("ferme", **SHIP))
            return super().encode(texts)

    offer = place.publish("ferme", **FARM)
    OfferEmbeddings(place.catalog.base.open, Slow()).step()
    place.learn()
    assert place.found(q="money for farmers") == []
    assert place.found(q="bateaux et ports maritimes") == ["ferme"]


async def test_without_an_encoder_a_search_goes_by_words(offers):
    assert await QuestionEmbeddings(NoEncoder()).of(Question(text="money for farmers")) is None
    index = offers.catalog.search.engine.index
    page = await index.search(SearchQuery(text="agriculteurs"))
    # A connection ends in the loop that it began in: the application, which closes it, has another.
    await index.close()
    assert (page.total, page.meaning) == (1, False)


async def test_a_question_is_encoded_once():
    asked = []

    class Counting(SentenceEncoder):
        def encode(self, texts):
            asked.extend(texts)
            return np.ones((len(texts), self.dimension), np.float32)

    questions = QuestionEmbeddings(Counting())
    for text in ("money for  farmers", " money for farmers "):
        assert (await questions.of(Question(text=text))).shape == (512,)
    assert asked == ["money for farmers"]


@pytest.mark.parametrize(
    ("text", "expected"), [("bourse", True), ("H100 80", False), ("l'IA", False)]
)
def test_only_words_have_a_meaning(text, expected):
    assert has_meaning(text) is expected
