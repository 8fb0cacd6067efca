"""What the product has learnt from use: who was helped by what, and who is shown too much.

**History**: a k-nearest-neighbour estimate (Cover and Hart, 1967) over past needs. Needs are alike
by their words (cosine of word sets) and by the traits of who asked (Jaccard index), as far as both
were shown with consent. Each past need counts once, however many offers took care of it. An offer
is lifted by how much more often it helped the neighbours than it helps in general, so that what
everybody takes is lifted by nothing; the most lifted one gets 1, and what nobody near was helped by
stays unknown. Off until there are enough past needs.

**Exposure**: the attention that the first places of answers gave to each provider, discounted by
position as in DCG (Singh and Joachims, Fairness of exposure in rankings, 2018). A provider above
the cap yields near ties to others; no verdict changes and no offer is hidden.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

# Fewer answers than these say nothing about who is shown too much.
LEAST_ATTENTION = 500.0
PLACES = 10
LEAST_NEEDS = 30
NEIGHBOURS = 20
# How much of the likeness the words make; chosen with the others on the even half of the judged
# needs, from a simulated year (`python -m bench quality`).
WORDS_SHARE = 0.7
# Where neither need says anything, equal traits alone make this likeness.
TRAITS_ALONE = 0.7
# Less alike than this is another need.
LEAST_LIKENESS = 0.5
# So much likeness of neighbours in all is enough to be heard in full.
ENOUGH_LIKENESS = 5.0
# The general share of an offer weighs as much as so many neighbours who are wholly alike.
_PRIOR = 2.0
# The least value that is known: an offer is lifted from the neutral middle of the order.
_MIDDLE = 0.5
_LISTED = ("sectors", "sites", "kinds")
_SINGLE = ("organisation_type", "stage", "country")
_PARTS = ("compute", "funding", "training", "expertise", "incubation")

Ints = NDArray[np.intp]
Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a need tells about itself: the traits of who asks, and the stems of its words."""

    traits: frozenset[str]
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PastNeed:
    """A need of which providers took care: what was shown of it, and the offers that helped."""

    told: Sketch
    offers: frozenset[UUID]


@dataclass(frozen=True)
class Experience:
    """What was learnt up to a revision of the catalogue."""

    past: tuple[PastNeed, ...] = ()
    over_exposed: frozenset[str] = frozenset()

    def history(self, asked: Sketch) -> Mapping[UUID, float] | None:
        """Return for each lifted offer a value above 0.5 and at most 1.

        None while there are too few past needs, or where none is alike.
        """
        if len(self.past) < LEAST_NEEDS:
            return None
        likeness = self._likeness(asked)
        near = _nearest(likeness)
        return self._lifted(near, likeness) or None

    def _lifted(self, near: Ints, likeness: Shares) -> dict[UUID, float]:
        helped: defaultdict[UUID, float] = defaultdict(float)
        total = 0.0
        for place in near.tolist():
            total += float(likeness[place])
            for offer in self.past[place].offers:
                helped[offer] += float(likeness[place])
        lifts = {offer: self._lift(offer, weight, total) for offer, weight in helped.items()}
        best = max(lifts.values(), default=0.0)
        heard = (1 - _MIDDLE) * min(1.0, total / ENOUGH_LIKENESS)
        return {o: _MIDDLE + heard * lift / best for o, lift in lifts.items() if lift > 0}

    def _lift(self, offer: UUID, weight: float, total: float) -> float:
        """Return how much more often an offer helped the neighbours than it helps in general."""
        general = self._helped[offer] / len(self.past)
        return (weight + _PRIOR * general) / (total + _PRIOR) - general

    def _likeness(self, asked: Sketch) -> Shares:
        """Return how alike each past need is; where neither says anything, by the traits alone."""
        by_traits = self._traits.jaccard(asked.traits)
        by_words = self._words.cosine(asked.words)
        traits_alone = (self._words.sizes == 0) & (not asked.words)
        both: Shares = WORDS_SHARE * by_words + (1 - WORDS_SHARE) * by_traits
        return np.where(traits_alone, TRAITS_ALONE * by_traits, both)

    @cached_property
    def _helped(self) -> Counter[UUID]:
        return Counter(offer for need in self.past for offer in need.offers)

    @cached_property
    def _traits(self) -> "_Sets":
        return _Sets.of([need.told.traits for need in self.past])

    @cached_property
    def _words(self) -> "_Sets":
        return _Sets.of([need.told.words for need in self.past])


NO_EXPERIENCE = Experience()


@dataclass(frozen=True, slots=True)
class _Sets:
    """Sets by place: which of them have a member, and how many members each has."""

    places: Mapping[str, Ints]
    sizes: Ints

    @classmethod
    def of(cls, sets: Sequence[frozenset[str]]) -> "_Sets":
        """Turn the sets inside out, so that a question reads only what has its members."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, members in enumerate(sets):
            for member in members:
                found[member].append(place)
        places = {member: np.array(own, np.intp) for member, own in found.items()}
        return cls(places, np.array([len(members) for members in sets], np.intp))

    def jaccard(self, asked: frozenset[str]) -> Shares:
        """Return the shared part of all members of both."""
        shared = self._shared(asked)
        either: Ints = np.maximum(self.sizes + len(asked) - shared, 1)
        found: Shares = shared / either
        return found

    def cosine(self, asked: frozenset[str]) -> Shares:
        """Return the cosine of the sets as vectors of zeros and ones."""
        sizes: Shares = np.sqrt(np.maximum(self.sizes * len(asked), 1))
        return self._shared(asked) / sizes

    def _shared(self, asked: Iterable[str]) -> Ints:
        found = [self.places[member] for member in asked if member in self.places]
        none = np.zeros(0, np.intp)
        return np.bincount(np.concatenate([none, *found]), minlength=len(self.sizes))


def _nearest(likeness: Shares) -> Ints:
    """Return the places of the most alike; of several equal last ones all are taken."""
    least = LEAST_LIKENESS
    if len(likeness) > NEIGHBOURS:
        least = max(least, float(np.partition(likeness, -NEIGHBOURS)[-NEIGHBOURS]))
    return np.flatnonzero(likeness >= least)


def traits_of(profile: Mapping[str, Any], need: Mapping[str, Any]) -> frozenset[str]:
    """Return what two start-ups can have in common, from answers in JSON form (null: unknown)."""
    traits: set[str] = set()
    for answers in (profile, need):
        traits |= {f"{name}:{answer}" for name in _LISTED for answer in answers.get(name) or ()}
        traits |= {f"{name}:{answers[name]}" for name in _SINGLE if answers.get(name) is not None}
    return frozenset(traits | {f"need:{name}" for name in _PARTS if need.get(name) is not None})


def attention(providers: Iterable[str]) -> Mapping[str, float]:
    """Return the attention that an answer gives to each provider, by its first places in order."""
    given: defaultdict[str, float] = defaultdict(float)
    for place, provider in zip(range(PLACES), providers, strict=False):
        given[provider] += 1 / log2(2 + place)
    return given


def shares(measured: Mapping[str, float]) -> Mapping[str, float]:
    """Return each provider's share of all attention."""
    total = sum(measured[name] for name in sorted(measured))
    return {name: measured[name] / total for name in sorted(measured)} if total else {}


def over_exposed(measured: Mapping[str, float], cap: float) -> frozenset[str]:
    """Return the providers above the cap, none while too little was measured."""
    if sum(measured.values()) < LEAST_ATTENTION:
        return frozenset()
    return frozenset(name for name, share in shares(measured).items() if share > cap)
