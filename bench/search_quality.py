"""Whether the first offer that a short search finds is the right one, on the real catalogue.

The searches are in `bench/judged/searches.yaml`. The constants of the relevance were chosen on
those at even places; the others are the held-out half. The same texts are put to the catalogue's
search and to the relevance that matching computes over all offers.
`python -m bench.search_quality` prints the searches of the even half that miss.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import orjson
import yaml

from aiff_catalog.loading.adapters import read_folder
from aiff_catalog.main.catalog import Catalog
from aiff_catalog.search.application.searching import SearchRequest
from aiff_catalog.search.domain.queries import SearchQuery
from aiff_catalog.shared.migrations import MIGRATIONS
from aiff_kit.db import upgrade
from aiff_kit.embeddings import vectors_of
from aiff_kit.encoder import sentence_encoder
from aiff_matching.answers.application.embedding import embedding_of
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.relevance import passages
from bench.harness.large import settings_of
from bench.harness.listings import documents
from bench.harness.product import CATALOGUE

Row = tuple[str, str, str]
Order = Sequence[str]
JUDGED = Path(__file__).parent / "judged/searches.yaml"
_LOOKED_AT = 5


@dataclass(frozen=True)
class Judged:
    """A search with the slugs of the offers that answer it, its difficulty and its language."""

    q: str
    offers: Sequence[str]
    of: str
    lang: str

    def is_answered(self, order: Order, places: int) -> bool:
        """Tell whether one of the right offers is among the first ones."""
        return not set(self.offers).isdisjoint(order[:places])


def judged() -> list[Judged]:
    """Return the searches."""
    return [Judged(**one) for one in yaml.safe_load(JUDGED.read_text(encoding="utf-8"))]


def rows() -> list[Row]:
    """Search for each in an index of the real catalogue, and compare each as matching does."""
    searches = judged()
    orders = all_orders(searches)
    figures: list[Row] = []
    for title, found in orders.items():
        figures += [
            _figure(title, searches, found, 1, ">= 0.92" if title == SEARCH else "printed"),
            _figure(
                title, searches, found, _LOOKED_AT, ">= 0.98" if title == SEARCH else "printed"
            ),
            _figure(f"{title}, held-out half", searches[1::2], found[1::2], 1, "printed"),
            _figure(f"{title}, held-out half", searches[1::2], found[1::2], _LOOKED_AT, "printed"),
        ]
    same = [
        one[:1] == other[:1] for one, other in zip(orders[SEARCH], orders[MATCHING], strict=True)
    ]
    return [*figures, ("search and matching agree on the first offer", _share(same), "printed")]


SEARCH, WORDS, MATCHING = "search", "search by words alone", "matching"


def all_orders(searches: Sequence[Judged]) -> Mapping[str, Sequence[Order]]:
    """Return for each way the first offers of each search."""
    with TemporaryDirectory(prefix="aiff-bench-") as folder:
        catalog = _filled(folder)
        hybrid = asyncio.run(_searched(catalog, searches, by_meaning=True))
        words = asyncio.run(_searched(catalog, searches, by_meaning=False))
        catalog.close()
    matched = matching_orders(searches)
    return {SEARCH: hybrid, WORDS: words, MATCHING: matched}


def matching_orders(searches: Sequence[Judged]) -> Sequence[Order]:
    """Return the first offers by the relevance that matching computes."""
    offers, encoder = documents(), sentence_encoder()
    vectors = vectors_of([passages(offer) for offer in offers], encoder)
    by_id = dict(zip((offer.id for offer in offers), vectors, strict=True))
    catalogue = build(offers, 1, by_id)
    return [_matched(catalogue, search.q) for search in searches]


def _matched(catalogue: Catalogue, text: str) -> Order:
    question = catalogue.texts.reader.read(text)
    embedding = embedding_of(question.text, sentence_encoder())
    relevance = catalogue.texts.relevance(question, embedding)
    best = np.argsort(-relevance, kind="stable")[:_LOOKED_AT]
    return [catalogue.candidates[row].offer.slug for row in best]


def _filled(folder: str) -> Catalog:
    settings = settings_of({"AIFF_DATA_DIR": folder})
    upgrade(settings.database_url, MIGRATIONS)
    catalog = Catalog(settings)
    catalog.loader.load(read_folder(CATALOGUE))
    while catalog.indexing.embeddings.step():
        pass
    catalog.indexing.maintenance.rebuild()
    return catalog


async def _searched(
    catalog: Catalog, searches: Sequence[Judged], *, by_meaning: bool
) -> Sequence[Order]:
    return [await _first(catalog, search.q, by_meaning=by_meaning) for search in searches]


async def _first(catalog: Catalog, text: str, *, by_meaning: bool) -> Order:
    query = SearchQuery(text=text, limit=_LOOKED_AT)
    page = await catalog.search.offers.page(SearchRequest(query=query, encodes=by_meaning))
    return [orjson.loads(item)["slug"] for item in page.items]


def _figure(
    title: str, searches: Sequence[Judged], found: Sequence[Order], places: int, goal: str
) -> Row:
    right = [one.is_answered(order, places) for one, order in zip(searches, found, strict=True)]
    return (f"recall@{places}, {title}", _share(right), goal)


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.3f} ({sum(right)} of {len(right)})"


def missed() -> None:
    """Print the searches of the even half whose first hit is wrong, by each way."""
    searches = judged()[0::2]
    for title, orders in all_orders(searches).items():
        for search, order in zip(searches, orders, strict=True):
            if not search.is_answered(order, 1):
                print(f"{title}: {search.q} -> {', '.join(order)}")


if __name__ == "__main__":
    for row in rows():
        print(*row, sep=": ")
    missed()
