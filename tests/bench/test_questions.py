"""What the benchmark asks was never asked before, and finds something."""

import json
from itertools import islice

import pytest
from bench import http, matching
from bench.harness.listings import documents
from bench.harness.questions import Questions, drawn, questions

from aiff_catalog.search.entrypoints.http.schemas import SearchParameters
from aiff_contracts.codec import parse
from aiff_matching.answers.entrypoints.http.schemas import MatchRequest

MANY = 3_000


@pytest.fixture(scope="module")
def listings():
    return documents()


@pytest.fixture(scope="module")
def fresh():
    return questions()


def test_no_two_texts_have_the_same_words_in_any_order(fresh):
    texts = [frozenset(fresh.text().split()) for _ in range(MANY)]
    assert len(set(texts)) == MANY
    assert {len(words) for words in texts} == {3}


def test_words_that_are_used_up_are_said_instead_of_repeated(listings):
    asked = Questions(listings[:1], 1)
    texts = []
    with pytest.raises(RuntimeError, match="nothing new"):
        texts.extend(drawn(lambda: frozenset(asked.text().split())))
    assert len(set(texts)) == len(texts)


def test_all_loads_of_a_process_draw_from_the_same_questions():
    assert questions() is questions()


def test_the_same_seed_asks_the_same(listings):
    one, other = (Questions(listings, 7) for _ in range(2))
    assert [one.text() for _ in range(20)] == [other.text() for _ in range(20)]


@pytest.mark.parametrize("draw", ["profile", "filters"])
def test_no_two_answers_or_filters_are_equal(fresh, draw):
    found = [json.dumps(getattr(fresh, draw)(), sort_keys=True) for _ in range(MANY)]
    assert len(set(found)) == MANY


@pytest.mark.parametrize("kind", ["a text", "compute", "funding"])
def test_no_two_needs_are_equal_in_any_part(fresh, kind):
    needs = [fresh.need(kind) for _ in range(MANY)]
    for part in {name for need in needs for name in need}:
        assert len({json.dumps(need[part]) for need in needs}) == MANY


def test_a_misspelt_text_lacks_a_letter_of_each_word(fresh, listings):
    known = set(Questions(listings, 1).languages[2])
    words = {word for _ in range(200) for word in fresh.misspelt().split()}
    assert len(words - known) > len(words) / 2


def test_texts_are_french_english_and_both_in_turn(listings):
    asked = Questions(listings, 3)
    french, english, _ = asked.languages
    for text, vocabulary in zip(islice(drawn(asked.text), 2), (french, english), strict=True):
        assert set(text.split()) <= set(vocabulary)


def test_every_request_of_the_loads_over_http_is_another_one(listings):
    searches = list(islice(drawn(lambda: http.search("&limit=10")), 500))
    bodies = [matching.body("funding") for _ in range(500)]
    assert len({*searches, *bodies}) == 1_000


def test_the_services_take_what_is_asked(fresh):
    SearchParameters.model_validate({"q": fresh.text(), **fresh.filters()})
    for kind in ("a text", "compute", "funding"):
        parse(MatchRequest, {"profile": fresh.profile(), "need": fresh.need(kind)})
