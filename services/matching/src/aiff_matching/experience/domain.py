"""What the product has learnt from use: who was helped by what, and who is shown too much.

**History**: a k-nearest-neighbour estimate (Cover and Hart, 1967) over past accepted requests. The
neighbours are those whose consented answers are most alike (Jaccard index of their traits); an
offer's value is the share of the neighbours' likeness that went to it. Off until there are enough.

**Exposure**: the attention that the first places of answers gave to each provider, discounted by
position as in DCG (Singh and Joachims, Fairness of exposure in rankings, 2018). A provider above
the cap yields near ties to others; no verdict changes and no offer is hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2
from typing import Any
from uuid import UUID

LEAST_ACCEPTANCES = 30
NEIGHBOURS = 20
# Fewer answers than these say nothing about who is shown too much.
LEAST_ATTENTION = 500.0
PLACES = 10
_LISTED = ("sectors", "sites", "kinds")
_SINGLE = ("organisation_type", "stage", "country")
_PARTS = ("compute", "funding", "training", "expertise", "incubation")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A request that a provider took care of: for which offer, by whom as far as was shown."""

    offer_id: UUID
    traits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Experience:
    """What was learnt up to a revision of the catalogue."""

    acceptances: tuple[Acceptance, ...] = ()
    over_exposed: frozenset[str] = frozenset()

    def history(self, traits: frozenset[str]) -> Mapping[UUID, float] | None:
        """Return the share in [0, 1] of each offer that neighbours were helped by.

        None while there are too few acceptances, or where nobody is alike.
        """
        if len(self.acceptances) < LEAST_ACCEPTANCES or not traits:
            return None
        alike = [
            (_likeness(traits, acceptance.traits), acceptance.offer_id)
            for acceptance in self.acceptances
        ]
        nearest = sorted(alike, key=lambda near: (-near[0], str(near[1])))[:NEIGHBOURS]
        total = sum(likeness for likeness, _ in nearest)
        if total == 0:
            return None
        weights: defaultdict[UUID, float] = defaultdict(float)
        for likeness, offer_id in nearest:
            weights[offer_id] += likeness / total
        return {offer_id: min(1.0, share) for offer_id, share in weights.items()}


NO_EXPERIENCE = Experience()


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


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
