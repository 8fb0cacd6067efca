"""Ranking quality on judged needs: nDCG@10 and recall@50, beside simpler orders.

The needs and their grades are in `bench/judged/needs.yaml`. The share of words in the hybrid was
chosen on the even half; only the odd half is reported. Popularity orders the offers for everybody
alike by the grades that they have in the even half. `python -m bench.quality` prints the tuning.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import yaml

from aiff_contracts.codec import parse
from aiff_kit.embeddings import vectors_of
from aiff_kit.encoder import SentenceEncoder, Vectors
from aiff_matching.answers.application.embedding import embedding_of
from aiff_matching.answers.domain.matching import Asked, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.relevance import WORDS_SHARE, passages
from aiff_matching.offers.domain.stemming import stems
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from bench.harness.listings import documents

Row = tuple[str, str, str]
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
JUDGED = Path(__file__).parent / "judged/needs.yaml"
_RANDOM_ORDERS = 50


@dataclass(frozen=True)
class Judged:
    """A need with the grade (0 to 3) of each offer that has one above 0."""

    text: str
    profile: Mapping[str, Any]
    grades: Mapping[str, int]

    def ndcg(self, order: Sequence[str], places: int = 10) -> float:
        """Return the discounted gain of the first places over the best one that is possible."""
        best = _gain(sorted(self.grades.values(), reverse=True)[:places])
        return _gain([self.grades.get(slug, 0) for slug in order[:places]]) / best

    def recall(self, order: Sequence[str], places: int = 50) -> float:
        """Return the share of the graded offers among the first places."""
        return len(set(order[:places]) & set(self.grades)) / len(self.grades)


class Orders:
    """The orders in which the offers can be shown for a need."""

    def __init__(self) -> None:
        """Read the listings and the needs, and encode both."""
        self.needs = judged()
        self._encoder = SentenceEncoder()
        offers = documents()
        texts = [passages(offer) for offer in offers]
        vectors = dict(zip((o.id for o in offers), vectors_of(texts, self._encoder), strict=True))
        self.catalogue: Catalogue = build(offers, 1, vectors)
        self.slugs = [candidate.offer.slug for candidate in self.catalogue.candidates]

    @cached_property
    def _popular(self) -> list[str]:
        counted: Counter[str] = Counter()
        for need in self.needs[0::2]:
            counted.update(need.grades)
        return sorted(self.slugs, key=lambda slug: (-counted[slug], slug))

    def hybrid(self, need: Judged, share: float = WORDS_SHARE) -> list[str]:
        """Order by words and meaning with a share of the words; 1 is BM25 alone."""
        texts = self.catalogue.texts
        scores = share * texts.words.relevance(frozenset(stems(need.text)))
        if share < 1:
            scores = scores + (1 - share) * texts.embeddings.relevance(self._meaning(need.text))
        return [self.slugs[row] for row in np.argsort(-scores, kind="stable")]

    def popular(self, _need: Judged) -> list[str]:
        """Order by how often the offers are wanted."""
        return self._popular

    def whole(self, need: Judged) -> list[str]:
        """Order as the whole answer does: verdicts first, then all criteria."""
        asked = Asked(
            parse(Profile, dict(need.profile)),
            Need(description=need.text),
            frozenset(),
            DEFAULT_WEIGHTS,
            50,
            self._meaning(need.text),
        )
        found = answer(asked, self.catalogue, packaged_gpu_table(), NOW)
        return [match.scored.slug for match in found.matches]

    def at_random(self, need: Judged) -> tuple[float, float]:
        """Return the mean figures of many random orders."""
        source = random.Random(20261124)
        orders = [source.sample(self.slugs, len(self.slugs)) for _ in range(_RANDOM_ORDERS)]
        return mean(map(need.ndcg, orders)), mean(map(need.recall, orders))

    def _meaning(self, text: str) -> Vectors:
        meaning = embedding_of(text, self._encoder)
        assert meaning is not None
        return meaning


def judged() -> list[Judged]:
    """Return the needs in their order."""
    found = []
    for entry in yaml.safe_load(JUDGED.read_text(encoding="utf-8")):
        grades = {slug: grade for grade, slugs in entry["grades"].items() for slug in slugs}
        found.append(Judged(entry["text"], entry["profile"], grades))
    return found


def rows() -> list[Row]:
    """Return the figures of the odd half."""
    orders = Orders()
    held = orders.needs[1::2]
    ways = {
        "hybrid of words and meaning": orders.hybrid,
        "BM25 only": lambda need: orders.hybrid(need, 1),
        "meaning only": lambda need: orders.hybrid(need, 0),
        "popularity": orders.popular,
        "the whole answer (verdicts first)": orders.whole,
    }
    shown = [(title, *_means(held, way)) for title, way in ways.items()]
    chance = [orders.at_random(need) for need in held]
    shown.append(("random", mean(n for n, _ in chance), mean(r for _, r in chance)))
    return [
        (f"nDCG@10 / recall@50, {len(held)} needs, {title}", f"{ndcg:.3f} / {recall:.3f}", "-")
        for title, ndcg, recall in shown
    ]


def tuning() -> None:
    """Print both figures of the even half for each share of the words."""
    orders = Orders()
    for tenth in range(11):
        share = tenth / 10
        found = _means(orders.needs[0::2], lambda need, share=share: orders.hybrid(need, share))
        print(f"share of words {share:.1f}: nDCG@10 {found[0]:.3f}, recall@50 {found[1]:.3f}")


def _means(needs: Sequence[Judged], way: Any) -> tuple[float, float]:
    found = [(need, way(need)) for need in needs]
    ndcg = mean(need.ndcg(order) for need, order in found)
    return ndcg, mean(need.recall(order) for need, order in found)


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


if __name__ == "__main__":
    tuning()
