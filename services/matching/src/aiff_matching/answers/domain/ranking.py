"""The order of the answer: one number whose parts are shown; what is surely refused comes last.

Score = sum of weight x value over the criteria that apply, divided by the sum of their weights.
Relevance weighs most where the need says something in words; the verdict is one part among the
others. What is unknown counts as the neutral middle. Equal scores are ordered by slug, so the
order depends on the offers alone. The weights were chosen on the even half of the judged needs
of `bench/judged`; `python -m bench.quality.tuning` prints what others give.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from operator import add

from aiff_contracts.offer import Kind
from aiff_matching.answers.domain import criteria
from aiff_matching.answers.domain.assessment import Assessment
from aiff_matching.answers.domain.criteria import Criterion, OfferCriterion, Question

NEUTRAL = 0.5
# The places that a reader looks at first.
TOP = 10


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


# What the need says decides most; people rank the number of GPUs and the support next.
CRITERIA: dict[str, Weighted] = {
    "text": Weighted(criteria.text_relevance, 12.0),
    "verdict": Weighted(criteria.verdict, 3.0),
    "kind": _offer(criteria.kind_fit, 3.0),
    "fit": Weighted(criteria.need_fit, 3.0),
    "gpus": _offer(criteria.gpus, 1.5, frozenset(("compute",))),
    "support": _offer(criteria.support, 2.0),
    "ratings": Weighted(criteria.ratings, 1.0),
    "stage": _offer(criteria.stage, 2.0),
    "sector": _offer(criteria.sector, 1.0),
    "territory": _offer(criteria.territory, 2.0),
    "cost": Weighted(criteria.cost, 1.0),
    "delay": Weighted(criteria.delay, 0.5),
    "freshness": _offer(criteria.freshness, 0.5),
    "history": Weighted(criteria.history, 3.0),
    "exposure": Weighted(criteria.exposure, 0.25),
}
# These take no part while they have nothing to say.
_AT_TIMES = frozenset(("text", "history", "exposure"))
DEFAULT_WEIGHTS: dict[str, float] = {name: entry.weight for name, entry in CRITERIA.items()}


# An answer has hundreds of them: a plain object is made in a third of a frozen one's time, and
# nobody changes one.
@dataclass
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
    """Return the score with its parts; a criterion that has nothing to say yet weighs 0."""
    in_use = weights_in_use(weights, question)
    applying = _applying(item.candidate.offer.kind)
    total = in_order(in_use[name] for name, _ in applying) or 1.0
    parts = tuple(
        _contribution(name, criterion(item, question), in_use[name], total)
        for name, criterion in applying
    )
    return Scored(item, in_order(part.contribution for part in parts), parts)


def weights_in_use(weights: Mapping[str, float], question: Question) -> dict[str, float]:
    """Return the weights with 0 for the criteria that have nothing to say yet."""
    silent = question.silent
    return {name: 0.0 if name in silent else value for name, value in weights.items()}


def reach(name: str, weights: Mapping[str, float]) -> float:
    """Return the most by which a criterion can move a score under these weights.

    That is its share of them where as little else as possible speaks: without words, history or
    exposure, for a kind of offer to which it applies.
    """
    always = (
        weights[other]
        for other, entry in CRITERIA.items()
        if other != name and other not in _AT_TIMES and entry.kinds is None
    )
    return weights[name] / ((in_order(always) + weights[name]) or 1.0)


def ranked(items: Iterable[Scored]) -> list[Scored]:
    """Return the items in the order in which they are shown."""
    return sorted(items, key=lambda item: (is_refused(item), -item.score, item.slug))


def is_refused(item: Scored) -> bool:
    """Tell whether a rule fails, so that no opening would help."""
    return item.assessment.decision.if_open == "not_eligible"


def in_order(values: Iterable[float]) -> float:
    """Add one by one: `sum` rounds differently from one Python to the next, and from numpy."""
    return reduce(add, values, 0.0)


@cache
def _applying(kind: Kind) -> tuple[tuple[str, Criterion], ...]:
    """Return the criteria that apply to a kind of offer, in their order."""
    return tuple(
        (name, entry.criterion)
        for name, entry in CRITERIA.items()
        if entry.kinds is None or kind in entry.kinds
    )


def _contribution(name: str, value: float | None, weight: float, total: float) -> Contribution:
    used = NEUTRAL if value is None else value
    return Contribution(name, used, weight, used * weight / total, value is not None)
