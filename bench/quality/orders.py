"""The orders in which offers can be shown for a judged need."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from statistics import mean
from typing import Any

import numpy as np

from aiff_contracts.codec import parse
from aiff_kit.embeddings import vectors_of
from aiff_kit.encoder import SentenceEncoder, Vectors
from aiff_kit.text.relevance import WORDS_SHARE
from aiff_matching.answers.application.embedding import embedding_of
from aiff_matching.answers.domain.matching import Asked, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.experience.domain import Experience
from aiff_matching.offers.domain.building import build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.relevance import passages, text_of
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from bench.harness.listings import documents
from bench.quality.judged import WORDS, Judged, judged

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LOOKED_AT = 50
_RANDOM_ORDERS = 50


class Orders:
    """The orders in which the offers can be shown for a need."""

    def __init__(self) -> None:
        """Read and encode the listings."""
        self.encoder = SentenceEncoder()
        offers = documents()
        texts = [passages(offer) for offer in offers]
        vectors = dict(zip((o.id for o in offers), vectors_of(texts, self.encoder), strict=True))
        self.catalogue: Catalogue = build(offers, 1, vectors)
        self.slugs = [candidate.offer.slug for candidate in self.catalogue.candidates]
        self.gpus = packaged_gpu_table()
        self._meanings: dict[str, Vectors | None] = {}

    @cached_property
    def _popular(self) -> list[str]:
        counted: Counter[str] = Counter()
        for need in judged(WORDS)[0::2]:
            counted.update(need.grades)
        return sorted(self.slugs, key=lambda slug: (-counted[slug], slug))

    def hybrid(self, need: Judged, share: float = WORDS_SHARE) -> list[str]:
        """Order by words and meaning with a share of the words; 1 is BM25 alone."""
        texts = self.catalogue.texts
        scores = share * texts.words.relevance(texts.reader.read(need.text).terms)
        meaning = self.meaning(need.text)
        if share < 1 and meaning is not None:
            scores = scores + (1 - share) * texts.embeddings.relevance(meaning)
        return [self.slugs[row] for row in np.argsort(-scores, kind="stable")]

    def popular(self, _need: Judged) -> list[str]:
        """Order by how often the offers are wanted."""
        return self._popular

    def whole(self, need: Judged) -> list[str]:
        """Order as the whole answer does."""
        return self.answered(need)

    def answered(
        self,
        need: Judged,
        weights: Mapping[str, float] = DEFAULT_WEIGHTS,
        experience: Experience | None = None,
    ) -> list[str]:
        """Order as the whole answer does with other weights, or with what was learnt from use."""
        catalogue = self.catalogue
        if experience is not None:
            catalogue = replace(catalogue, experience=experience)
        asked = replace(self.asked(need), weights=weights)
        found = answer(asked, catalogue, self.gpus, NOW)
        return [match.scored.slug for match in found.matches]

    def asked(self, need: Judged) -> Asked:
        """Return a judged need as it is asked."""
        told = parse(Need, dict(need.need))
        profile = parse(Profile, dict(need.profile))
        meaning = self.meaning(text_of(told))
        return Asked(profile, told, frozenset(), DEFAULT_WEIGHTS, LOOKED_AT, meaning)

    def at_random(self, need: Judged) -> tuple[float, float]:
        """Return the mean figures of many random orders."""
        source = random.Random(20261124)
        orders = [source.sample(self.slugs, len(self.slugs)) for _ in range(_RANDOM_ORDERS)]
        return mean(map(need.ndcg, orders)), mean(map(need.recall, orders))

    def meaning(self, text: str) -> Any:
        """Return the sentence vector of a text, None for a blank one."""
        if text not in self._meanings:
            read = self.catalogue.texts.reader.read(text)
            self._meanings[text] = embedding_of(read.text, self.encoder)
        return self._meanings[text]
