"""From a checked search to OpenSearch's query. What a reader types only ever becomes values."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from aiff_catalog.search.adapters.language.facets import MOST_VALUES, facet
from aiff_catalog.search.adapters.language.nearness import (
    MOST_NEAR,
    Nearness,
    naming_words,
    without_each,
)
from aiff_catalog.search.adapters.language.suggestions import (
    MOST_NAMES,
    MOST_OFFERS,
    SHORTEST_WRONG,
    name_pattern,
)
from aiff_catalog.search.adapters.language.synonyms import Phrase, Unit, expanded
from aiff_catalog.search.adapters.language.words import Word, words_of
from aiff_catalog.search.adapters.opensearch.schema import LANGUAGES
from aiff_catalog.search.adapters.tantivy.query import (
    NAMES_WEIGHT,
    SHORTEST_SIMILAR,
    TIE,
    WEIGHTS,
    words_needed,
)
from aiff_catalog.search.domain.queries import (
    ANY,
    UNRESTRICTED,
    FacetCount,
    FilterName,
    SearchQuery,
    Sort,
)
from aiff_catalog.search.domain.territories import around
from aiff_kit.encoder import Vectors

Clause = dict[str, Any]

# As many matches as anybody reads are counted; more cost time and tell nobody anything.
_COUNTED = 10_000
_NAMES = f"names^{NAMES_WEIGHT}"
_FIELDS = [
    _NAMES,
    *(f"{name}_{language}^{weight}" for name, weight in WEIGHTS.items() for language in LANGUAGES),
]
_ORDERS: Mapping[Sort, list[Clause]] = {
    "relevance": [{"_score": "desc"}, {"title_order": "asc"}, {"id": "asc"}],
    "title": [{"title_order": "asc"}, {"id": "asc"}],
    "-updated_at": [{"updated_at": "desc"}, {"id": "asc"}],
    "deadline": [{"deadline": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
}


def search_body(query: SearchQuery, *, similar: bool, near: Nearness | None = None) -> Clause:
    """Return the request of a search; `similar` takes words at one letter's distance too.

    `near` is what its meaning adds. A filter that is also counted narrows the hits after the
    counting, so that each facet is counted with all filters but its own.
    """
    later = {name: _filter(name, query.filters[name]) for name in _counted_filters(query)}
    always = _passing(query, frozenset(later))
    text = _text(query, similar=similar)
    body: Clause = {
        "query": {"bool": {**_combined(query.text, text, near), "filter": always}},
        "sort": _order(query),
        "from": query.offset,
        "size": query.limit,
        "track_total_hits": _COUNTED,
    }
    if later:
        body["post_filter"] = {"bool": {"filter": list(later.values())}}
    if query.facets:
        body["aggs"] = {name: _counting(name, later) for name in query.facets}
    return body


def best_body(query: SearchQuery, *, similar: bool) -> Clause:
    """Return the request for the best score by words; without a hit there is none."""
    text, filters = _text(query, similar=similar), _passing(query, frozenset())
    return {
        "query": {"bool": {"must": text, "filter": filters}},
        "size": 1,
        "_source": False,
        "track_total_hits": False,
    }


def nearest_body(query: SearchQuery, meaning: Vectors, without: FilterName | None) -> Clause:
    """Return the request for the offers that are nearest in meaning among those that pass."""
    passing = {"bool": {"filter": _passing(query, frozenset((without,)))}}
    vector = {"vector": meaning.tolist(), "k": MOST_NEAR, "filter": passing}
    return {
        "query": {"knn": {"meaning": vector}},
        "size": MOST_NEAR,
        "_source": False,
        "track_total_hits": False,
    }


def cosine_of(score: float) -> float:
    """Return the cosine behind the engine's score, which is never negative."""
    return 2 * score - 1


def suggestions_body(text: str, *, wrong_letter: bool) -> Clause:
    """Return the request for offers with a name that begins as each word typed, and their names.

    A word that is there as typed ranks higher. `wrong_letter` lets one letter be wrong.
    """
    words = words_of(text)
    names: Clause = {"field": "called", "size": MOST_NAMES}
    if words and not wrong_letter:
        names["include"] = name_pattern(text)
    begun = [_begun(word, wrong_letter=wrong_letter) for word in words] or [{"match_none": {}}]
    exact = [_simple_word(word.whole) for word in words]
    return {
        "query": {"bool": {"filter": begun, "should": exact}},
        "sort": _ORDERS["relevance"],
        "size": MOST_OFFERS,
        "_source": ["card"],
        "track_total_hits": False,
        "aggs": {"names": {"terms": names}},
    }


def facets_of(
    query: SearchQuery, counted: Mapping[str, Any]
) -> dict[FilterName, tuple[FacetCount, ...]]:
    """Return the facets from the answer's aggregations."""
    return {name: facet(name, counted[name]["values"]["buckets"]) for name in query.facets}


def _counted_filters(query: SearchQuery) -> list[FilterName]:
    return [name for name in without_each(query) if name is not None]


def _passing(query: SearchQuery, without: Collection[FilterName | None]) -> list[Clause]:
    """Return the filters of a search but those."""
    clauses = [
        _filter(name, values)
        for name, values in query.filters.items()
        if values and name not in without
    ]
    if query.gpu_memory_min is not None:
        clauses.append({"range": {"gpu_memory": {"gte": query.gpu_memory_min}}})
    return clauses


def _combined(typed: str, text: Clause, near: Nearness | None) -> Clause:
    """Return what must match and what only adds to the scores."""
    if near is None:
        return {"must": text}
    by_meaning = {"constant_score": {"filter": {"terms": {"id": list(near.found)}}, "boost": 0}}
    return {
        "must": {"bool": {"should": [text, by_meaning], "minimum_should_match": 1}},
        "should": [*_added(typed, near)],
    }


def _added(typed: str, near: Nearness) -> Iterator[Clause]:
    for offer_id, added in near.added.items():
        yield {"constant_score": {"filter": {"term": {"id": offer_id}}, "boost": added}}
    for words in naming_words(typed):
        named = {"bool": {"filter": [_named(word) for word in words]}}
        yield {"constant_score": {"filter": named, "boost": near.named}}


def _named(word: Word) -> Clause:
    """Match a word in the names, as it stands or in all of its parts."""
    parts = {"bool": {"filter": [{"match": {"names": part}} for part in word.parts]}}
    return {
        "bool": {"should": [{"match": {"names": word.whole}}, parts], "minimum_should_match": 1}
    }


def _counting(name: FilterName, later: Mapping[FilterName, Clause]) -> Clause:
    others = [clause for other, clause in later.items() if other != name]
    return {
        "filter": {"bool": {"filter": others}},
        "aggs": {"values": {"terms": {"field": name, "size": MOST_VALUES}}},
    }


def _order(query: SearchQuery) -> Sequence[Clause]:
    """Without words all are equally relevant: then by title."""
    if query.sort == "relevance" and not query.text.strip():
        return _ORDERS["title"]
    return _ORDERS[query.sort]


def _text(query: SearchQuery, *, similar: bool) -> Clause:
    if not query.text.strip():
        return {"match_all": {}}
    words = words_of(query.text)
    if not words:
        return {"match_none": {}}
    typed = _enough([_similar_word(word) if similar else _word(word) for word in words])
    units = expanded(query.text, query.synonyms)
    return _best_of([typed, _enough([*map(_unit, units)])]) if units else typed


def _enough(clauses: list[Clause]) -> Clause:
    """Match as many of the words as a search needs."""
    needed = words_needed(len(clauses))
    return {"bool": {"should": clauses, "minimum_should_match": needed}}


def _unit(unit: Unit) -> Clause:
    """Match words as typed, or a phrase that means the same by all of its words."""
    others = [_phrase(other, unit.weight(other)) for other in unit.others]
    return _best_of([_phrase(unit.typed, 1.0), *others])


def _phrase(words: Phrase, boost: float) -> Clause:
    return {"bool": {"must": [_word(word) for word in words], "boost": boost}}


def _word(word: Word) -> Clause:
    """Match a compound as one word or by all of its parts."""
    whole = _simple_word(word.whole)
    if len(word.parts) == 1:
        return whole
    parts = {"bool": {"must": [_simple_word(part) for part in word.parts]}}
    return _best_of([whole, parts])


def _simple_word(word: str) -> Clause:
    return {"multi_match": {"query": word, "fields": _FIELDS, "tie_breaker": TIE}}


def _similar_word(word: Word) -> Clause:
    """Match a word as it stands or one that is a letter away."""
    exact = _word(word)
    if len(word.whole) < SHORTEST_SIMILAR:
        return exact
    fuzzy = {"query": word.whole, "fields": [_NAMES, "similar"], "fuzziness": 1}
    return _best_of([exact, {"multi_match": fuzzy}])


def _begun(word: Word, *, wrong_letter: bool) -> Clause:
    """Match a compound by its whole or by all of its parts."""
    whole = _begun_name(word.whole, wrong_letter=wrong_letter)
    if len(word.parts) == 1:
        return whole
    parts = [_begun_name(part, wrong_letter=wrong_letter) for part in word.parts]
    return {"bool": {"should": [whole, {"bool": {"filter": parts}}], "minimum_should_match": 1}}


def _begun_name(word: str, *, wrong_letter: bool) -> Clause:
    if wrong_letter and len(word) >= SHORTEST_WRONG:
        return {"regexp": {"names": "|".join(f"{one}.*" for one in _put_right(word))}}
    return {"prefix": {"names": word}}


def _put_right(word: str) -> Iterator[str]:
    """Return patterns of what may be meant: a letter wrong, missing, too many, or swapped."""
    for place in range(len(word)):
        before, after = word[:place], word[place + 1 :]
        yield f"{before}.{after}"
        yield f"{before}.{word[place:]}"
        yield before + after
        yield before + word[place : place + 2][::-1] + word[place + 2 :]


def _best_of(clauses: list[Clause]) -> Clause:
    return {"dis_max": {"queries": clauses, "tie_breaker": TIE}}


def _filter(name: FilterName, values: tuple[str, ...]) -> Clause:
    if name == "region":
        return _regions(values)
    if name == "gpu_model":
        return {"terms": {"gpu_name": list(values)}}
    return {"terms": {name: [*values, ANY] if name in UNRESTRICTED else list(values)}}


def _regions(codes: tuple[str, ...]) -> Clause:
    """Offers for a territory, for what contains it, and for what lies inside it."""
    surrounding = sorted({outer for code in codes for outer in around(code)})
    either = [{"terms": {"region": surrounding}}, {"terms": {"inside": list(codes)}}]
    return {"bool": {"should": either, "minimum_should_match": 1}}
