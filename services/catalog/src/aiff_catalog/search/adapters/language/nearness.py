"""How the words of a search and its meaning are combined, the same way on every engine.

The formula is that of `aiff_kit.text.relevance`: the score by words (BM25) of the best hit and the
cosine of the nearest offer are both stretched to 1, and their weighted sum is expressed on the
scale of the engine's own scores, so that the engine can add it up itself and order, count and cut
pages as always.

`FOUND_FROM` was chosen on the half of `bench/judged/searches.yaml` at even places.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aiff_catalog.search.domain.queries import FilterName, SearchQuery
from aiff_kit.text.relevance import FARTHEST, WORDS_SHARE

# The best offers by words, and the nearest ones, that are compared in both ways.
MOST_COMPARED = 50
# As many of each are close where they are not found.
MOST_CLOSE = 20
# Cosines: from here on an offer is found though it has none of the words, ...
FOUND_FROM = 0.28
# ... and from here on it is close.
CLOSE_FROM = 0.2


@dataclass(frozen=True, slots=True)
class Nearness:
    """What the meaning of a search adds to its words.

    `found` are the ids of offers that are found whatever their words, `close` those that are
    close; `added` is what a near offer gets on top of the engine's score, by id; `whole` is the
    engine's score that stands for a relevance of 1. `is_known` tells whether vectors were there.
    """

    found: tuple[str, ...]
    close: tuple[str, ...]
    added: Mapping[str, float]
    whole: float
    is_known: bool


def nearness(cosines: Mapping[str, float], best: float | None) -> Nearness:
    """Combine the cosines of offers with the best score by words (None: no hit)."""
    nearest = max(cosines.values(), default=0.0)
    near = {one: cosine for one, cosine in cosines.items() if cosine > FARTHEST}
    whole = (best or 1.0) / (WORDS_SHARE if cosines else 1.0)
    closest = sorted(near, key=lambda one: (-near[one], one))[:MOST_CLOSE]
    return Nearness(
        found=tuple(sorted(one for one, cosine in near.items() if cosine >= FOUND_FROM)),
        close=tuple(one for one in closest if near[one] >= CLOSE_FROM),
        added={
            one: whole * (1 - WORDS_SHARE) * (cosine - FARTHEST) / (nearest - FARTHEST)
            for one, cosine in near.items()
        },
        whole=whole,
        is_known=bool(cosines),
    )


def without_each(query: SearchQuery) -> Iterator[FilterName | None]:
    """Return which filter to leave out, in turn: none, then each that is also counted.

    A facet is counted without its own filter: what is near among those offers counts there.
    """
    yield None
    yield from (name for name in query.facets if query.filters.get(name))
