"""How the words of a search and its meaning are combined, the same way on every engine.

The score by words (BM25) of the best hit and the cosine of the nearest offer are both stretched
to 1 (min-max normalisation: an offer without any of the words has 0, and so has one at or beyond
`FARTHEST`). Their weighted sum is expressed on the scale of the engine's own scores, so that the
engine can add it up itself and order, count and cut pages as always. What has the searched words
as its name comes before all else, however near other offers are.

The constants were chosen on the half of `bench/judged/searches.yaml` at even places.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aiff_catalog.search.adapters.language.words import Word, words_of
from aiff_catalog.search.domain.queries import FilterName, SearchQuery

# The nearest offers that a search looks at.
MOST_NEAR = 20
WORDS_SHARE = 0.6
# Cosines: farther offers have nothing in common with the text, ...
FARTHEST = 0.1
# ... and from here on an offer is found though it has none of the words.
FOUND_FROM = 0.28


@dataclass(frozen=True, slots=True)
class Nearness:
    """What the meaning of a search adds to its words.

    `found` are the ids of offers that are found whatever their words; `added` is what a near
    offer gets on top of the engine's score, by id; `named` what one gets that has the words as
    its name, larger than all the rest together.
    """

    found: tuple[str, ...]
    added: Mapping[str, float]
    named: float


def nearness(cosines: Mapping[str, float], best: float | None) -> Nearness:
    """Combine the cosines of the nearest offers with the best score by words (None: no hit)."""
    whole = (best or 1.0) / WORDS_SHARE
    nearest = max(cosines.values(), default=0.0)
    near = {one: cosine for one, cosine in cosines.items() if cosine > FARTHEST}
    return Nearness(
        found=tuple(sorted(one for one, cosine in near.items() if cosine >= FOUND_FROM)),
        added={
            one: whole * (1 - WORDS_SHARE) * (cosine - FARTHEST) / (nearest - FARTHEST)
            for one, cosine in near.items()
        },
        named=2 * whole,
    )


def without_each(query: SearchQuery) -> Iterator[FilterName | None]:
    """Return which filter to leave out, in turn: none, then each that is also counted.

    A facet is counted without its own filter: what is near among those offers counts there.
    """
    yield None
    yield from (name for name in query.facets if query.filters.get(name))


def naming_words(text: str) -> Sequence[tuple[Word, ...]]:
    """Return the sets of words by which an offer may be called, the more telling first.

    All words of the text; and those that hold a digit, as models of GPUs and numbers do.
    """
    words = words_of(text)
    numbered = tuple(word for word in words if any(one.isdigit() for one in word.whole))
    return [words_asked for words_asked in dict.fromkeys((words, numbered)) if words_asked]
