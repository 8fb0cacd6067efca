"""Synonyms of the curators take part in the next searches, on every engine, without a rebuild."""

import time

import pytest
from tests.catalog.support import BY_CURATOR, BY_SECOND, both

from aiff_catalog.vocabularies.application.editing import VocabularyTarget
from aiff_contracts.codec import parse
from aiff_contracts.vocabulary import VocabularyEntry

PATIENCE_SECONDS = 10


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.engines)])
def search_settings(request):
    return request.getfixturevalue(f"{request.param}_settings")


def entry(code, fr, en, *aliases):
    label = {"fr": fr, "en": en}
    told = {"code": code, "label": label, "aliases": list(aliases), "source": "Cap Digital"}
    return parse(VocabularyEntry, told)


def hold(place, *entries):
    """Publish an edition of the synonyms."""
    wanted = {"name": "search_synonyms"}
    place.catalog.vocabularies.commands.revise(VocabularyTarget(**wanted, by=BY_CURATOR), entries)
    place.catalog.vocabularies.commands.publish(VocabularyTarget(**wanted, by=BY_SECOND))


def finds(place, text, wanted):
    """Tell whether a search comes to find these offers, first ones first."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (found := place.found(q=text)) != wanted and time.monotonic() < until:
        time.sleep(0.1)
    return found


@pytest.fixture
def texts(place):
    place.publish("langage", "training", title=both("Grands modèles de langage en pratique"))
    place.publish("robots", "training", title=both("Bras articulés"))
    place.publish("vision", "training", title=both("Vision par ordinateur"))
    place.drain()
    return place


def test_an_abbreviation_finds_what_is_written_out_once_the_synonym_is_published(texts):
    assert texts.found(q="LLM") == []
    hold(texts, entry("llm", "grand modèle de langage", "large language model", "LLM"))
    assert finds(texts, "LLM", ["langage"]) == ["langage"]
    assert texts.found(q="LLMs") == ["langage"]
    assert texts.found(q="large-language models") == ["langage"]


def test_what_has_the_words_themselves_comes_before_what_means_the_same(texts):
    texts.publish("llm", "training", title=both("LLM en pratique"))
    texts.drain()
    hold(texts, entry("llm", "grand modèle de langage", "large language model", "LLM"))
    assert finds(texts, "LLM", ["llm", "langage"]) == ["llm", "langage"]


def test_a_synonym_takes_nothing_away_from_a_search(texts):
    before = texts.found(q="vision robots langage")
    hold(texts, entry("vl", "vision robots", "bras articulés"))
    assert set(finds(texts, "vision robots", ["robots"])) == {"robots"}
    assert set(before) <= set(texts.found(q="vision robots langage"))


def test_what_replaces_a_word_is_not_replaced_again(texts):
    hold(texts, entry("a", "alpha", "beta bras"), entry("b", "bras", "vision"))
    assert finds(texts, "bras", ["robots", "vision"])
    assert texts.found(q="alpha") == []


def test_synonyms_that_are_withdrawn_stop_to_find(texts):
    hold(texts, entry("llm", "modèle de langage", "LLM"))
    assert finds(texts, "LLM", ["langage"]) == ["langage"]
    hold(texts)
    assert finds(texts, "LLM", []) == []
