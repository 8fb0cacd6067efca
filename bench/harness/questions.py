"""Questions that were never asked before in this process.

A load that repeats a few questions measures what the servers remember of them. Here no two texts
have the same words, in whatever order, and no two needs or profiles are equal. The words are those
of the listings, in French, in English, or in both, so that the questions find something.
"""

import random
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache
from itertools import cycle
from typing import Any, TypeVar

from aiff_contracts.offer import OfferDocument
from bench.harness.listings import documents

_T = TypeVar("_T")
_SEED = 20261130
# Shorter words are mostly those that no search tells apart by.
_WORD = re.compile(r"[^\W\d_]{5,}")
_WORDS_A_TEXT = 3
_MOST_FACTS = 4
_MOST_TRIES = 1_000
_SECTORS = (
    "health",
    "energy",
    "industry",
    "finance",
    "defence",
    "mobility",
    "aerospace",
    "digital",
)
_REGIONS = ("REG-11", "REG-84", "REG-76", "REG-53", "REG-75", "REG-32", "REG-44", "REG-93")
_KINDS = ("compute", "funding", "training", "incubation", "expertise", "network")
_TYPES = ("startup", "sme", "midcap", "lab")
_PLACES = ("DEP-75", "DEP-69", "DEP-31", "DEP-35", "DEP-59")
_GPUS = ("H100", "A100", "V100")


class Questions:
    """Draws texts, filters, needs and profiles, none of them twice."""

    def __init__(self, offers: Iterable[OfferDocument], seed: int) -> None:
        """Take the words of the listings, which every text is made of."""
        self._source = random.Random(seed)
        texts = [text for offer in offers for text in (offer.title, offer.summary)]
        french, english = (_words(getattr(text, name) for text in texts) for name in ("fr", "en"))
        self.languages = (french, english, sorted({*french, *english}))
        self._turns = cycle(self.languages)
        self._drawn: set[Hashable] = set()

    def text(self) -> str:
        """Return three words: in turn French, English, and of either language."""
        vocabulary = next(self._turns)
        words = self._new(lambda: self._source.sample(vocabulary, _WORDS_A_TEXT), frozenset)
        return " ".join(words)

    def misspelt(self) -> str:
        """Return a text with one letter of each word left out."""
        return " ".join(self._without_a_letter(word) for word in self.text().split())

    def filters(self) -> dict[str, Any]:
        """Return filters of a search without words: some sectors, regions and kinds."""
        return self._new(self._filters, repr)

    def profile(self) -> dict[str, Any]:
        """Return the answers of one start-up."""
        return self._new(self._profile, repr)

    def need(self, kind: str) -> dict[str, Any]:
        """Return a need in words, with a part of its own where the kind is compute or funding."""
        return {"description": self.text()} | self._part(kind)

    def _part(self, kind: str) -> dict[str, Any]:
        if kind == "compute":
            return {"compute": self._new(self._compute, repr)}
        if kind == "funding":
            return {"funding": self._new(self._funding, repr)}
        return {}

    def _new(self, draw: Callable[[], _T], key_of: Callable[[_T], Hashable]) -> _T:
        """Draw again until something comes that was not drawn before."""
        for _ in range(_MOST_TRIES):
            drawn = draw()
            key = key_of(drawn)
            if key not in self._drawn:
                self._drawn.add(key)
                return drawn
        raise RuntimeError(f"nothing new came in {_MOST_TRIES} tries after {len(self._drawn)}")

    def _filters(self) -> dict[str, Any]:
        return {
            name: sorted(self._source.sample(values, self._source.randint(1, _MOST_FACTS)))
            for name, values in (("sector", _SECTORS), ("region", _REGIONS), ("kind", _KINDS))
        }

    def _profile(self) -> dict[str, Any]:
        source = self._source
        return {
            "organisation_type": source.choice(_TYPES),
            "country": "FR",
            "headcount": source.randint(1, 400),
            "turnover_eur": source.randint(0, 50_000_000),
            "trl": source.randint(1, 9),
            "ai_company": source.random() < 0.5,
            "created_on": f"20{source.randint(15, 26)}-0{source.randint(1, 9)}-15",
            "sites": [source.choice(_PLACES)],
        }

    def _compute(self) -> dict[str, Any]:
        hours = self._source.randint(10, 500_000)
        return {"gpu_hours": hours, "gpu_model": self._source.choice(_GPUS)}

    def _funding(self) -> dict[str, Any]:
        amount = self._source.randint(10_000, 3_000_000)
        return {"amount_eur": amount, "non_dilutive_only": self._source.random() < 0.5}

    def _without_a_letter(self, word: str) -> str:
        place = self._source.randrange(1, len(word))
        return word[:place] + word[place + 1 :]


@cache
def questions() -> Questions:
    """Return what all loads of this process draw from, so that none repeats another's."""
    return Questions(documents(), _SEED)


def drawn(draw: Callable[[], _T]) -> Iterator[_T]:
    """Yield draws without end."""
    while True:
        yield draw()


def _words(texts: Iterable[str]) -> list[str]:
    return sorted({word for text in texts for word in _WORD.findall(text.lower())})
