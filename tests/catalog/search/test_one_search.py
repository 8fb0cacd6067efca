"""Readers, the preview of a vocabulary and the search for duplicates search in one way."""

import shutil

import numpy as np
import pytest
from tests.catalog.search.test_synonyms import entry, finds
from tests.catalog.support import NOW, both
from tests.catalog.vocabularies.test_previews import SYNONYMS, preview, publish_entries

from aiff_catalog.search.application.embeddings import QuestionEmbeddings
from aiff_catalog.search.application.searching import OfferSearch, SearchRequest
from aiff_catalog.search.domain.queries import NO_SYNONYMS, SearchPage, SearchQuery, Synonyms
from aiff_catalog.shared.errors import SearchIndexUnavailableError
from aiff_contracts.codec import dump
from aiff_kit.text import Question

LLM = ("llm", "grand modèle de langage", "large language model", "LLM")
STAGES = "/v1/vocabularies/stages"


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.engines)])
def search_settings(request):
    engine = request.getfixturevalue(f"{request.param}_settings")
    return {**engine, "CATALOG_ENCODER": "sentences"}


def effect_of(place, address, text, entries):
    """Return what a preview says of one search."""
    said = preview(place, address, entries=entries, searches=[text])
    return next(one for one in said["searches"] if one["q"] == text)


def test_a_preview_shows_what_readers_find_by_all_words_that_mean_the_same(place):
    stages = place.client.get(STAGES).json()["entries"]
    stages[0]["aliases"] = [*stages[0]["aliases"], "pépinière"]
    place.publish("etape", "training", title=both(stages[0]["label"]["fr"]))
    place.publish("jardin", "training", title=both("Jardin"))
    place.drain()
    publish_entries(place, STAGES, stages)
    assert finds(place, "pépinière", ["etape"]) == ["etape"]
    # A word of the synonyms belongs to them alone, so the list loses it.
    jardin = dump(entry("jardin", "jardin", "garden", "pépinière"))
    effect = effect_of(place, SYNONYMS, "pépinière", [jardin])
    assert (effect["before"], effect["after"]) == (["etape"], ["jardin"])
    publish_entries(place, SYNONYMS, [jardin])
    assert finds(place, "pépinière", ["jardin"]) == ["jardin"]


def test_a_preview_searches_by_meaning_as_readers_do(place):
    place.publish("ferme", title=both("Subvention pour les exploitations agricoles"))
    place.publish("engin", title=both("Moissonneuse"))
    place.learn()
    farmers = dump(entry("farmers", "farmers", "farmers", "moissonneuse"))
    effect = effect_of(place, SYNONYMS, "farmers", [farmers])
    assert effect["before"] == place.found(q="farmers") == ["ferme"]
    assert set(effect["after"]) == {"ferme", "engin"}
    publish_entries(place, SYNONYMS, [farmers])
    assert finds(place, "farmers", effect["after"]) == effect["after"]


@pytest.mark.parametrize("search_settings", ["tantivy"], indirect=True)
def test_a_preview_is_answered_by_the_database_when_readers_are(place):
    place.publish("langage", "training", title=both("Grands modèles de langage"))
    shutil.rmtree(place.settings.search.index_dir)
    assert place.search(q="langage")["degraded"]
    said = preview(place, SYNONYMS, entries=[dump(entry(*LLM))], searches=["langage"])
    # The database does not know what means the same, for readers neither.
    assert (said["compared"], said["searches"]) == (4, [])


class Index:
    """An engine that remembers what it was asked, or is away."""

    def __init__(self, *, away=False):
        self.asked, self.away = [], away

    async def read(self, text):
        if self.away:
            raise SearchIndexUnavailableError
        return Question(text=text)

    async def search(self, query):
        self.asked.append(query)
        if self.away:
            raise SearchIndexUnavailableError
        return SearchPage(items=(), total=1, facets={})


class Lists:
    async def listed(self, query, now):
        assert now == NOW
        return SearchPage(items=(), total=2, facets={}, degraded=True)


class Current:
    synonyms = Synonyms((("un", "deux"),))

    async def current(self):
        return self.synonyms


class Encoder:
    model, dimension = "test", 2

    def encode(self, texts):
        return np.ones((len(texts), 2), np.float32)


def search_in(index):
    return OfferSearch(index, Lists(), QuestionEmbeddings(Encoder()), Current(), lambda: NOW)


QUERY = SearchQuery(text="aide aux entreprises", vector=np.zeros(2, np.float32))


async def test_a_search_gets_the_synonyms_that_hold_and_the_vector_of_its_text():
    index = Index()
    await search_in(index).page(SearchRequest(query=QUERY))
    assert index.asked[0].synonyms is Current.synonyms
    assert list(index.asked[0].vector) == [1, 1]


async def test_a_search_may_bring_its_own_synonyms_and_its_own_vector():
    index, own = Index(), Synonyms((("trois", "quatre"),))
    await search_in(index).page(SearchRequest(query=QUERY, synonyms=own))
    await search_in(index).page(SearchRequest(query=QUERY, synonyms=NO_SYNONYMS, encodes=False))
    assert index.asked[0].synonyms is own
    assert index.asked[1].synonyms is NO_SYNONYMS
    assert list(index.asked[1].vector) == [0, 0]


async def test_the_database_answers_only_who_can_do_without_the_index():
    search = search_in(Index(away=True))
    assert (await search.page(SearchRequest(query=QUERY))).degraded
    with pytest.raises(SearchIndexUnavailableError):
        await search.page(SearchRequest(query=QUERY, falls_back=False))
