"""The order of the answer: verdict groups first, then a score whose parts are shown.

Score = sum of weight x value over the criteria that apply, divided by the sum of their weights.
What is unknown counts as the neutral middle. Near the top no provider and no kind crowds out
the others. Equal scores are ordered by slug, so the order depends on the offers alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

from aiff_contracts.offer import Kind
from aiff_matching.answers.domain import criteria
from aiff_matching.answers.domain.assessment import Assessment
from aiff_matching.answers.domain.criteria import Criterion, OfferCriterion, Question
from aiff_matching.rules.domain.verdicts import order

NEUTRAL = 0.5
TOP = 10
SAME_PROVIDER = 3
SAME_KIND = 6


@dataclass(frozen=True, slots=True)
class Weighted:
    """A criterion with its usual weight; `kinds` None means that it applies to all kinds.

    `of_offer` is the criterion where it reads nothing of the verdict.
    """

    criterion: Criterion
    weight: float
    kinds: frozenset[Kind] | None = None
    of_offer: OfferCriterion | None = None


def _offer(
    criterion: OfferCriterion, weight: float, kinds: frozenset[Kind] | None = None
) -> Weighted:
    def of_item(item: Assessment, question: Question) -> float | None:
        return criterion(item.candidate.offer, question)

    return Weighted(of_item, weight, kinds, criterion)


# People rank the number of GPUs and the quality of support first; text decides what it is about.
CRITERIA: dict[str, Weighted] = {
    "text": Weighted(criteria.text_relevance, 3.0),
    "kind": _offer(criteria.kind_fit, 2.0),
    "fit": Weighted(criteria.need_fit, 2.0),
    "gpus": _offer(criteria.gpus, 1.5, frozenset(("compute",))),
    "support": _offer(criteria.support, 1.5),
    "ratings": Weighted(criteria.ratings, 1.0),
    "stage": _offer(criteria.stage, 1.0),
    "sector": _offer(criteria.sector, 1.0),
    "territory": _offer(criteria.territory, 1.0),
    "cost": Weighted(criteria.cost, 1.0),
    "delay": Weighted(criteria.delay, 0.5),
    "freshness": _offer(criteria.freshness, 0.5),
    "history": Weighted(criteria.history, 1.0),
    "exposure": Weighted(criteria.exposure, 0.25),
}
DEFAULT_WEIGHTS: dict[str, float] = {name: entry.weight for name, entry in CRITERIA.items()}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one criterion adds to the score; `known` False means the neutral middle was taken."""

    criterion: str
    value: float
    weight: float
    contribution: float
    known: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """An assessment with its score in [0, 1] and the score's parts."""

    assessment: Assessment
    score: float
    contributions: tuple[Contribution, ...]

    @property
    def slug(self) -> str:
        """Return the offer's slug."""
        return self.assessment.candidate.offer.slug


def score(item: Assessment, question: Question, weights: Mapping[str, float]) -> Scored:
    """Return the score with its parts."""
    kind, in_use = item.candidate.offer.kind, weights_in_use(weights, question)
    applying = {
        name: entry
        for name, entry in CRITERIA.items()
        if (entry.kinds is None or kind in entry.kinds) and in_use[name] > 0
    }
    total = in_order(weights[name] for name in applying)
    parts = tuple(
        _contribution(name, entry.criterion(item, question), weights[name], total)
        for name, entry in applying.items()
    )
    return Scored(item, in_order(part.contribution for part in parts), parts)


def weights_in_use(weights: Mapping[str, float], question: Question) -> dict[str, float]:
    """Return the weights with 0 for the criteria that have nothing to say yet."""
    return {name: 0.0 if name in question.silent else value for name, value in weights.items()}


def ranked(items: Iterable[Scored]) -> list[Scored]:
    """Return the items in the order in which they are shown."""
    best_first = sorted(items, key=lambda item: (*group_of(item), -item.score, item.slug))
    placed: list[Scored] = []
    while len(placed) < TOP and best_first:
        placed.append(best_first.pop(_next(best_first, placed)))
    return placed + best_first


def in_order(values: Iterable[float]) -> float:
    """Add one by one: `sum` rounds differently from one Python to the next, and from numpy."""
    return reduce(add, values, 0.0)


def group_of(item: Scored) -> tuple[int, int]:
    """Return the rank of an item's verdict group."""
    return order(item.assessment.decision)


def _next(waiting: list[Scored], placed: list[Scored]) -> int:
    """Return the place of the best item of the leading group that crowds nobody out.

    Where only one kind is left, the cap on kinds gives way before the cap on providers.
    """
    leading = [item for item in waiting if group_of(item) == group_of(waiting[0])]
    providers = Counter(item.assessment.candidate.provider for item in placed)
    kinds = Counter(item.assessment.candidate.offer.kind for item in placed)
    fair = [i for i, item in enumerate(leading) if providers[_provider(item)] < SAME_PROVIDER]
    mixed = [i for i in fair if kinds[leading[i].assessment.candidate.offer.kind] < SAME_KIND]
    return next(iter([*mixed, *fair]), 0)


def _provider(item: Scored) -> str:
    return item.assessment.candidate.provider


def _contribution(name: str, value: float | None, weight: float, total: float) -> Contribution:
    used = NEUTRAL if value is None else value
    return Contribution(
        criterion=name,
        value=used,
        weight=weight,
        contribution=used * weight / total,
        known=value is not None,
    )
