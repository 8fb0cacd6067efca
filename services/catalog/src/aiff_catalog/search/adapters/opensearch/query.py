"""From a checked search to OpenSearch's query. What a reader types only ever becomes values."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiff_catalog.search.adapters.language.facets import MOST_VALUES, facet
from aiff_catalog.search.adapters.language.nearness import (
    MOST_CLOSE,
    MOST_COMPARED,
    Nearness,
    without_each,
)
from aiff_catalog.search.adapters.language.suggestions import (
    MOST_NAMES,
    MOST_OFFERS,
    SHORTEST_WRONG,
    name_pattern,
)
from aiff_catalog.search.adapters.language.synonyms import TIE, Phrase, Unit, expanded
from aiff_catalog.search.domain.bounds import Range, seconds
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
from aiff_kit.text import AskedWord, Question, Word, asked_words, namings_of, terms_of

Clause = dict[str, Any]

# As many matches as anybody reads are counted; more cost time and tell nobody anything.
_COUNTED = 10_000
# As many spellings as are known: the most frequent ones.
_MOST_SPELLINGS = 60_000
FOUND = "found"
_ORDERS: Mapping[Sort, list[Clause]] = {
    "relevance": [{"_score": "desc"}, {"title_order": "asc"}, {"id": "asc"}],
    "title": [{"title_order": "asc"}, {"id": "asc"}],
    "-updated_at": [{"updated_at": "desc"}, {"id": "asc"}],
    "deadline": [{"deadline": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
}


@dataclass(frozen=True, slots=True)
class WantedHits:
    """A search as it is put to the engine.

    `question` is its text as read; `nearness` is what its meaning adds, None without any text;
    `close` are the ids of offers that may be shown though they are not found.
    """

    query: SearchQuery
    question: Question
    nearness: Nearness | None = None
    close: tuple[str, ...] = ()


def search_body(wanted: WantedHits) -> Clause:
    """Return the request of a search; hits that are found carry the name `FOUND`.

    A filter that is also counted narrows the hits after the counting, so that each facet is
    counted with all filters but its own.
    """
    query = wanted.query
    later = {name: _filter(name, query.filters[name]) for name in _counted_filters(query)}
    found = _is_found(wanted)
    body: Clause = {
        "query": {"bool": {**_combined(wanted, found), "filter": _passing(query, set(later))}},
        "sort": _order(query),
        "from": query.offset,
        "size": query.limit,
        "track_total_hits": _COUNTED,
    }
    if later:
        body["post_filter"] = {"bool": {"filter": list(later.values())}}
    counted: Clause = {name: _counting(name, found, later) for name in query.facets}
    if wanted.close:
        counted |= {FOUND: {"filter": {"bool": {"filter": [found, *later.values()]}}}}
    return {**body, "aggs": counted} if counted else body


def best_body(wanted: WantedHits) -> Clause:
    """Return the request for the best offers by words."""
    return {
        "query": {"bool": {"must": _text(wanted), "filter": _passing(wanted.query, set())}},
        "size": MOST_COMPARED,
        "_source": False,
        "track_total_hits": False,
    }


def nearest_body(query: SearchQuery, meaning: Vectors, without: FilterName | None) -> Clause:
    """Return the request for the offers that are nearest in meaning among those that pass."""
    passing = {"bool": {"filter": _passing(query, {without})}}
    vector = {"vector": meaning.tolist(), "k": MOST_COMPARED, "filter": passing}
    return {
        "query": {"knn": {"meaning": vector}},
        "size": MOST_COMPARED,
        "_source": False,
        "track_total_hits": False,
    }


def spellings_body() -> Clause:
    """Return the request for the words of all offers, each with how it is written."""
    terms = {"field": "spellings", "size": _MOST_SPELLINGS}
    return {"size": 0, "track_total_hits": False, "aggs": {"spellings": {"terms": terms}}}


def close_ids(by_words: Sequence[str], near: Nearness) -> tuple[str, ...]:
    """Return which offers are close where they are not found."""
    return tuple(dict.fromkeys((*by_words[:MOST_CLOSE], *near.close)))


def cosine_of(score: float) -> float:
    """Return the cosine behind the engine's score, which is never negative."""
    return 2 * score - 1


def suggestions_body(text: str, *, wrong_letter: bool) -> Clause:
    """Return the request for offers with a name that begins as each word typed, and their names.

    A word that is there as typed ranks higher. `wrong_letter` lets one letter be wrong.
    """
    words = asked_words(text)
    names: Clause = {"field": "called", "size": MOST_NAMES}
    if words and not wrong_letter:
        names["include"] = name_pattern(text)
    begun = [_begun(word, wrong_letter=wrong_letter) for word in words] or [{"match_none": {}}]
    exact = [{"term": {"names": word.whole}} for word in words]
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
    bounds = query.bounds
    ranges = (_range(one, include_unknown=bounds.include_unknown) for one in bounds.ranges())
    return [*clauses, *ranges]


def _range(wanted: Range, *, include_unknown: bool) -> Clause:
    ends = {"gte": wanted.least, "lte": wanted.most}
    known = {end: seconds(value) for end, value in ends.items() if value is not None}
    inside: Clause = {"range": {wanted.name: known}}
    if not include_unknown:
        return inside
    return _any_of([inside, {"term": {"unstated": wanted.name}}])


def _combined(wanted: WantedHits, found: Clause) -> Clause:
    """Return what must match and what ranks it."""
    near = wanted.nearness
    if near is None:
        return {"must": {"match_all": {}}}
    shown = [{"constant_score": {"filter": found, "boost": 0, "_name": FOUND}}]
    if wanted.close:
        close = {"terms": {"id": list(wanted.close)}}
        shown.append({"constant_score": {"filter": close, "boost": 0}})
    return {
        "must": {"bool": {"should": shown, "minimum_should_match": 1}},
        "should": [_text(wanted), *_added(wanted.question, near)],
    }


def _added(question: Question, near: Nearness) -> Iterator[Clause]:
    for offer_id, added in near.added.items():
        yield {"constant_score": {"filter": {"term": {"id": offer_id}}, "boost": added}}
    for naming in namings_of(question.words):
        named = _all_of([*map(_is_named, naming.choices)])
        yield {"constant_score": {"filter": named, "boost": near.whole * naming.added}}


def _is_named(choice: Iterable[Iterable[str]]) -> Clause:
    return _any_of([_all_of([{"term": {"titles": mark}} for mark in marks]) for marks in choice])


def _counting(name: FilterName, found: Clause, later: Mapping[FilterName, Clause]) -> Clause:
    others = [found, *(clause for other, clause in later.items() if other != name)]
    return {
        "filter": {"bool": {"filter": others}},
        "aggs": {"values": {"terms": {"field": name, "size": MOST_VALUES}}},
    }


def _order(query: SearchQuery) -> Sequence[Clause]:
    """Without words all are equally relevant: then by title."""
    if query.sort == "relevance" and not query.text.strip():
        return _ORDERS["title"]
    return _ORDERS[query.sort]


def _is_found(wanted: WantedHits) -> Clause:
    """Match as many of the words as a search needs, or what is near whatever its words."""
    near, question = wanted.nearness, wanted.question
    if near is None:
        return {"match_all": {}}
    enough = [_any_of([*map(_asked, question.words)], question.needed)] if question.words else []
    units = expanded(question, wanted.query.synonyms)
    if units:
        enough.append(_any_of([*map(_has_unit, units)], Question.needed_of(len(units))))
    return _any_of([*enough, {"terms": {"id": list(near.found)}}])


def _asked(asked: AskedWord) -> Clause:
    return _any_of([_has(word) for word in asked.meant])


def _has(word: Word) -> Clause:
    """Match a compound as one word or by all of its parts."""
    whole = _has_stem(word.whole)
    if word.parts in {(), (word.whole,)}:
        return whole
    return _any_of([whole, _all_of([_has_stem(part) for part in word.parts])])


def _has_stem(form: str) -> Clause:
    return {"terms": {"words": list(terms_of(Word(form, (form,))))}}


def _has_unit(unit: Unit) -> Clause:
    return _any_of([_has_phrase(phrase) for phrase in (unit.typed, *unit.others)])


def _has_phrase(words: Phrase) -> Clause:
    return _all_of([_has(word) for word in words])


def _text(wanted: WantedHits) -> Clause:
    """Rank by the words as read, or by phrases that mean the same."""
    typed = _stems(wanted.question.terms)
    units = expanded(wanted.question, wanted.query.synonyms)
    return _best_of([typed, _any_of([*map(_unit, units)])]) if units else typed


def _unit(unit: Unit) -> Clause:
    """Rank by words as typed, or by a phrase that means the same with all of its words."""
    others = [
        {
            "bool": {
                "must": _phrase(other),
                "filter": _has_phrase(other),
                "boost": unit.weight(other),
            }
        }
        for other in unit.others
    ]
    return _best_of([_phrase(unit.typed), *others])


def _phrase(words: Phrase) -> Clause:
    return _stems({stem: 1.0 for word in words for stem in terms_of(word)})


def _stems(weights: Mapping[str, float]) -> Clause:
    return _any_of(
        [{"term": {"words": {"value": stem, "boost": weight}}} for stem, weight in weights.items()]
    )


def _any_of(clauses: list[Clause], needed: int = 1) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": needed}}


def _all_of(clauses: list[Clause]) -> Clause:
    return {"bool": {"filter": clauses}}


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
