"""From a checked search to the engine's query. What a reader types only ever becomes terms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tantivy import FieldType, Occur, Query, Schema, Searcher

from aiff_catalog.search.adapters.language.nearness import Nearness
from aiff_catalog.search.adapters.language.suggestions import SHORTEST_WRONG
from aiff_catalog.search.adapters.language.synonyms import TIE, Phrase, Unit, expanded
from aiff_catalog.search.adapters.tantivy.schema import NUMBERS
from aiff_catalog.search.domain.bounds import Range, seconds
from aiff_catalog.search.domain.queries import (
    ANY,
    UNRESTRICTED,
    FilterName,
    SearchQuery,
    Synonyms,
)
from aiff_catalog.search.domain.territories import around
from aiff_kit.text import AskedWord, Question, Word, asked_words, namings_of, terms_of

# Alternatives of which one must be there; each is marks that are all there.
Choice = Sequence[Sequence[str]]
# So many values are looked up one by one; for more the engine walks all values of the field once.
_LOOKED_UP = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it is put to the engine.

    `question` is its text as read; `text` ranks by its words, and `nearness` is what its meaning
    adds, both None without any text; `found` matches what is found, whatever the filters; `close`
    are the keys of offers that are shown though they are not found.
    """

    query: SearchQuery
    question: Question
    text: Query | None = None
    nearness: Nearness | None = None
    found: Query = field(default_factory=Query.all_query)
    close: frozenset[int] = field(default_factory=frozenset)


class QueryBuilder:
    """Builds queries for one index as it was at a commit."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        """Keep the schema, and what knows which words there are."""
        self._schema = schema
        self._searcher = searcher

    def asked(self, query: SearchQuery, question: Question) -> Wanted:
        """Return a search whose words are read; what its meaning adds is not known yet."""
        if not query.text.strip():
            return Wanted(query, question)
        return Wanted(query, question, self._text(question, query.synonyms))

    def with_nearness(self, wanted: Wanted, near: Nearness) -> Wanted:
        """Return the search with what its meaning adds."""
        return replace(wanted, nearness=near, found=self._is_found(wanted, near))

    def by_words(self, wanted: Wanted) -> Query:
        """Return the query for what has any of the words and passes the filters."""
        text = wanted.text or Query.empty_query()
        return _all_of([text, self.passing(wanted.query)])

    def exact(
        self,
        wanted: Wanted,
        *,
        without: FilterName | None = None,
        keys: Iterable[int] | None = None,
    ) -> Query:
        """Return the query for what is found, unranked; `without` leaves out one filter.

        `keys` narrows to these.
        """
        passing = self.passing(wanted.query, without=without, keys=keys)
        return Query.const_score_query(_all_of([wanted.found, passing]), 0.0)

    def page(self, wanted: Wanted) -> Query:
        """Return the query for what is found or close, ranked by its relevance."""
        near, filters = wanted.nearness, self.passing(wanted.query)
        if near is None or wanted.text is None:
            return filters
        shown = _any_of([wanted.found, self._one_of("key", wanted.close)])
        ranked = [wanted.text, *self._added(wanted.question, near)]
        return Query.boolean_query(
            [
                (Occur.Must, Query.const_score_query(shown, 0.0)),
                (Occur.Must, filters),
                *((Occur.Should, one) for one in ranked),
            ]
        )

    def passing(
        self,
        query: SearchQuery,
        *,
        without: FilterName | None = None,
        among: Iterable[str] | None = None,
        keys: Iterable[int] | None = None,
    ) -> Query:
        """Return the query for what passes the filters, whatever its words.

        `among` narrows to these ids, `keys` to these keys. A filter decides what is found and
        never how it is ranked.
        """
        filters = [*self._filters(query, without)]
        if among is not None:
            filters.append(self._one_of("id", among))
        if keys is not None:
            filters.append(self._one_of("key", keys))
        if not filters:
            return Query.const_score_query(Query.all_query(), 0.0)
        return Query.const_score_query(_all_of(filters), 0.0)

    def beginning(self, text: str, *, wrong_letter: bool) -> Query:
        """Return the query for offers with a name that begins as each word typed.

        A word that is there as typed ranks higher. `wrong_letter` lets one letter be wrong.
        """
        words = asked_words(text)
        if not words:
            return Query.empty_query()
        exact = [(Occur.Should, self._term("names", word.whole)) for word in words]
        begun = [(Occur.Must, self._begun(word, wrong_letter=wrong_letter)) for word in words]
        return Query.boolean_query([*begun, *exact])

    def _begun(self, word: Word, *, wrong_letter: bool) -> Query:
        """Match a compound by its whole or by all of its parts."""
        whole = self._begun_name(word.whole, wrong_letter=wrong_letter)
        if len(word.parts) == 1:
            return whole
        parts = [self._begun_name(part, wrong_letter=wrong_letter) for part in word.parts]
        return _any_of([whole, _all_of(parts)])

    def _begun_name(self, word: str, *, wrong_letter: bool) -> Query:
        distance = 1 if wrong_letter and len(word) >= SHORTEST_WRONG else 0
        return Query.fuzzy_term_query(self._schema, "names", word, distance=distance, prefix=True)

    def _is_found(self, wanted: Wanted, near: Nearness) -> Query:
        """Match as many of the words as a search needs, or what is near whatever its words."""
        question = wanted.question
        enough = [_enough([*map(self._asked, question.words)], question.needed)]
        units = expanded(question, wanted.query.synonyms)
        if units:
            needed = Question.needed_of(len(units))
            enough.append(_enough([*map(self._has_unit, units)], needed))
        return _any_of([*enough, self._one_of("id", near.found)])

    def _asked(self, asked: AskedWord) -> Query:
        return _any_of([self._has(word) for word in asked.meant])

    def _has(self, word: Word) -> Query:
        """Match a compound as one word or by all of its parts."""
        whole = self._has_stem(word.whole)
        if word.parts in {(), (word.whole,)}:
            return whole
        return _any_of([whole, _all_of([self._has_stem(part) for part in word.parts])])

    def _has_stem(self, form: str) -> Query:
        stems = terms_of(Word(form, (form,)))
        return _any_of([self._term("words", stem) for stem in stems])

    def _has_unit(self, unit: Unit) -> Query:
        return _any_of([self._has_phrase(phrase) for phrase in (unit.typed, *unit.others)])

    def _has_phrase(self, words: Phrase) -> Query:
        return _all_of([self._has(word) for word in words])

    def _text(self, question: Question, synonyms: Synonyms) -> Query:
        """Rank by the words as read, or by phrases that mean the same."""
        typed = _any_of([self._stem(stem, weight) for stem, weight in question.terms.items()])
        units = expanded(question, synonyms)
        if not units:
            return typed
        return Query.disjunction_max_query([typed, _any_of([*map(self._unit, units)])], TIE)

    def _unit(self, unit: Unit) -> Query:
        """Rank by words as typed, or by a phrase that means the same with all of its words."""
        others = [
            Query.boost_query(self._whole_phrase(other), unit.weight(other))
            for other in unit.others
        ]
        return Query.disjunction_max_query([self._phrase(unit.typed), *others], TIE)

    def _whole_phrase(self, words: Phrase) -> Query:
        has_all = Query.const_score_query(self._has_phrase(words), 0.0)
        return _all_of([has_all, self._phrase(words)])

    def _phrase(self, words: Phrase) -> Query:
        return _any_of([self._stem(stem, 1.0) for word in words for stem in terms_of(word)])

    def _stem(self, stem: str, weight: float) -> Query:
        term = self._term("words", stem)
        return term if weight == 1 else Query.boost_query(term, weight)

    def _added(self, question: Question, near: Nearness) -> Iterator[Query]:
        """Return what only adds to the scores: nearness, and being called by the words."""
        for offer_id, added in near.added.items():
            yield Query.const_score_query(self._is("id", offer_id), added)
        for naming in namings_of(question.words):
            choices = [self._in_titles(choice) for choice in naming.choices]
            if all(choices):
                named = _all_of([*map(self._is_named, choices)])
                yield Query.const_score_query(named, near.whole * naming.added)

    def _in_titles(self, choice: Choice) -> Choice:
        """Leave out the marks that no title has, as is true of most."""
        return [
            marks
            for marks in choice
            if all(self._searcher.doc_freq("titles", mark) for mark in marks)
        ]

    def _is_named(self, choice: Choice) -> Query:
        return _any_of(
            [_all_of([self._term("titles", mark) for mark in marks]) for marks in choice]
        )

    def _term(self, name: str, value: str) -> Query:
        return Query.term_query(self._schema, name, value, "freq")

    def _filters(self, query: SearchQuery, without: FilterName | None) -> Iterator[Query]:
        for name, values in query.filters.items():
            if values and name != without:
                yield self._filter(name, values)
        for one in query.bounds.ranges():
            yield self._range(one, include_unknown=query.bounds.include_unknown)

    def _range(self, wanted: Range, *, include_unknown: bool) -> Query:
        kind = FieldType.Float if wanted.name in NUMBERS else FieldType.Integer
        least, most = (None if end is None else seconds(end) for end in (wanted.least, wanted.most))
        inside = Query.range_query(self._schema, wanted.name, kind, least, most)
        if not include_unknown:
            return inside
        return _any_of([inside, self._is("unstated", wanted.name)])

    def _filter(self, name: FilterName, values: tuple[str, ...]) -> Query:
        if name == "region":
            return self._regions(values)
        if name == "gpu_model":
            return self._one_of("gpu_name", values)
        return self._one_of(name, (*values, ANY) if name in UNRESTRICTED else values)

    def _regions(self, codes: Iterable[str]) -> Query:
        """Offers for a territory, for what contains it, and for what lies inside it."""
        wanted = tuple(codes)
        surrounding = {outer for code in wanted for outer in around(code)}
        return Query.boolean_query(
            [
                (Occur.Should, self._one_of("region", sorted(surrounding))),
                (Occur.Should, self._one_of("inside", wanted)),
            ]
        )

    def _one_of(self, name: str, values: Iterable[str | int]) -> Query:
        wanted = list(values)
        if len(wanted) > _LOOKED_UP:
            return Query.term_set_query(self._schema, name, wanted)
        return _any_of([self._is(name, value) for value in wanted])

    def _is(self, name: str, value: str | int) -> Query:
        return Query.term_query(self._schema, name, value, "basic")


def _any_of(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all_of(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _enough(queries: list[Query], needed: int) -> Query:
    either = [(Occur.Should, query) for query in queries]
    return Query.boolean_query(either, minimum_number_should_match=needed)
