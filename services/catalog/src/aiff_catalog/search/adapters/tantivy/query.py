"""From a checked search to the engine's query. What a reader types only ever becomes terms."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tantivy import FieldType, Occur, Query, Schema, TextAnalyzer

from aiff_catalog.search.adapters.language.nearness import Nearness, naming_words
from aiff_catalog.search.adapters.language.suggestions import SHORTEST_WRONG
from aiff_catalog.search.adapters.language.synonyms import Phrase, Unit, expanded
from aiff_catalog.search.adapters.language.words import Word, analyzers, words_of
from aiff_catalog.search.adapters.tantivy.schema import LANGUAGES
from aiff_catalog.search.domain.queries import ANY, UNRESTRICTED, FilterName, SearchQuery
from aiff_catalog.search.domain.territories import around

# A word in a title tells more than one in a description; a name as it stands tells most.
WEIGHTS = {"title": 3.0, "summary": 1.5, "description": 0.7}
NAMES_WEIGHT = 4.0
TIE = 0.2
_FEW_WORDS = 2
# Shorter words have too many neighbours at one letter's distance.
SHORTEST_SIMILAR = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it is put to the engine.

    `similar` takes words at one letter's distance; `nearness` is what its meaning adds.
    """

    query: SearchQuery
    similar: bool = False
    nearness: Nearness | None = None


class QueryBuilder:
    """Builds queries for one schema."""

    def __init__(self, schema: Schema) -> None:
        """Prepare the analysers."""
        self._schema = schema
        self._analyzers: Mapping[str, TextAnalyzer] = analyzers()

    def matching(self, wanted: Wanted, *, without: FilterName | None) -> Query:
        """Return the query for a search; `without` leaves one filter out, for its facet."""
        query, near = wanted.query, wanted.nearness
        text = self._text(query, similar=wanted.similar)
        filters = self.passing(query, without=without)
        if near is None:
            return Query.boolean_query([(Occur.Must, text), (Occur.Must, filters)])
        by_meaning = Query.const_score_query(self._one_of("id", near.found), 0.0)
        either = Query.boolean_query([(Occur.Should, text), (Occur.Should, by_meaning)])
        return Query.boolean_query(
            [
                (Occur.Must, either),
                (Occur.Must, filters),
                *((Occur.Should, one) for one in self._added(query.text, near)),
            ]
        )

    def passing(
        self,
        query: SearchQuery,
        *,
        without: FilterName | None = None,
        among: Iterable[str] | None = None,
    ) -> Query:
        """Return the query for what passes the filters, whatever its words, `among` these ids.

        A filter decides what is found and never how it is ranked.
        """
        filters = [*self._filters(query, without)]
        if among is not None:
            filters.append(self._one_of("id", among))
        if not filters:
            return Query.const_score_query(Query.all_query(), 0.0)
        every = Query.boolean_query([(Occur.Must, one) for one in filters])
        return Query.const_score_query(every, 0.0)

    def _added(self, text: str, near: Nearness) -> Iterator[Query]:
        """Return what only adds to the scores: nearness, and the words as a name."""
        for offer_id, added in near.added.items():
            term = Query.term_query(self._schema, "id", offer_id, "basic")
            yield Query.const_score_query(term, added)
        for words in naming_words(text):
            named = [(Occur.Must, self._named(word)) for word in words]
            yield Query.const_score_query(Query.boolean_query(named), near.named)

    def _named(self, word: Word) -> Query:
        """Match a word in the names, as it stands or in all of its parts."""
        whole = Query.term_query(self._schema, "names", word.whole, "freq")
        parts = [Query.term_query(self._schema, "names", part, "freq") for part in word.parts]
        every = Query.boolean_query([(Occur.Must, part) for part in parts])
        return Query.boolean_query([(Occur.Should, whole), (Occur.Should, every)])

    def beginning(self, text: str, *, wrong_letter: bool) -> Query:
        """Return the query for offers with a name that begins as each word typed.

        A word that is there as typed ranks higher. `wrong_letter` lets one letter be wrong.
        """
        words = words_of(text)
        if not words:
            return Query.empty_query()
        exact = [(Occur.Should, self._simple_word(word.whole)) for word in words]
        begun = [(Occur.Must, self._begun(word, wrong_letter=wrong_letter)) for word in words]
        return Query.boolean_query([*begun, *exact])

    def _begun(self, word: Word, *, wrong_letter: bool) -> Query:
        """Match a compound by its whole or by all of its parts."""
        whole = self._begun_name(word.whole, wrong_letter=wrong_letter)
        if len(word.parts) == 1:
            return whole
        parts = [self._begun_name(part, wrong_letter=wrong_letter) for part in word.parts]
        every = Query.boolean_query([(Occur.Must, part) for part in parts])
        return Query.boolean_query([(Occur.Should, whole), (Occur.Should, every)])

    def _begun_name(self, word: str, *, wrong_letter: bool) -> Query:
        distance = 1 if wrong_letter and len(word) >= SHORTEST_WRONG else 0
        return Query.fuzzy_term_query(self._schema, "names", word, distance=distance, prefix=True)

    def _text(self, query: SearchQuery, *, similar: bool) -> Query:
        if not query.text.strip():
            return Query.all_query()
        words = words_of(query.text)
        if not words:
            return Query.empty_query()
        build = self._similar_word if similar else self._word
        typed = _enough([build(word) for word in words])
        units = expanded(query.text, query.synonyms)
        if not units:
            return typed
        return Query.disjunction_max_query([typed, _enough([*map(self._unit, units)])], TIE)

    def _unit(self, unit: Unit) -> Query:
        """Match words as typed, or a phrase that means the same by all of its words."""
        typed = self._phrase(unit.typed)
        others = [
            Query.boost_query(self._phrase(other), unit.weight(other)) for other in unit.others
        ]
        return Query.disjunction_max_query([typed, *others], TIE)

    def _phrase(self, words: Phrase) -> Query:
        return Query.boolean_query([(Occur.Must, self._word(word)) for word in words])

    def _word(self, word: Word) -> Query:
        """Match a compound as one word or by all of its parts."""
        whole = self._simple_word(word.whole)
        if len(word.parts) == 1:
            return whole
        parts = [(Occur.Must, self._simple_word(part)) for part in word.parts]
        return Query.disjunction_max_query([whole, Query.boolean_query(parts)], TIE)

    def _simple_word(self, word: str) -> Query:
        names = Query.term_query(self._schema, "names", word, "freq")
        clauses = [Query.boost_query(names, NAMES_WEIGHT)]
        for language in LANGUAGES:
            for stem in self._analyzers[language].analyze(word):
                clauses.extend(self._stem(stem, language))
        return Query.disjunction_max_query(clauses, TIE)

    def _stem(self, stem: str, language: str) -> Iterator[Query]:
        for name, weight in WEIGHTS.items():
            term = Query.term_query(self._schema, f"{name}_{language}", stem, "freq")
            yield Query.boost_query(term, weight)

    def _similar_word(self, word: Word) -> Query:
        """Match a word as it stands or one that is a letter away."""
        exact = self._word(word)
        if len(word.whole) < SHORTEST_SIMILAR:
            return exact
        names = Query.fuzzy_term_query(self._schema, "names", word.whole, distance=1)
        elsewhere = Query.fuzzy_term_query(self._schema, "similar", word.whole, distance=1)
        similar = [Query.boost_query(names, NAMES_WEIGHT), elsewhere]
        return Query.disjunction_max_query([exact, *similar], TIE)

    def _filters(self, query: SearchQuery, without: FilterName | None) -> Iterator[Query]:
        for name, values in query.filters.items():
            if values and name != without:
                yield self._filter(name, values)
        if query.gpu_memory_min is not None:
            yield Query.range_query(
                self._schema, "gpu_memory", FieldType.Float, lower_bound=query.gpu_memory_min
            )

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

    def _one_of(self, name: str, values: Iterable[str]) -> Query:
        return Query.term_set_query(self._schema, name, list(values))


def _enough(clauses: list[Query]) -> Query:
    """Match as many of the words as a search needs."""
    either = [(Occur.Should, clause) for clause in clauses]
    return Query.boolean_query(either, minimum_number_should_match=words_needed(len(either)))


def words_needed(words: int) -> int:
    """Return how many of the words must be there: one or two all, of a sentence half of them."""
    return words if words <= _FEW_WORDS else -(-words // 2)
