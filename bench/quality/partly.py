"""What the order is worth when less is known, and what it costs to share attention out."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import mean

from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS, reach
from aiff_matching.experience.domain import Experience, attention, over_exposed, shares
from bench.quality.judged import WORDS, Judged, judged
from bench.quality.orders import Orders

Row = tuple[str, str, str]
_DRAWS = 8
_MOST_SHOWN = 3


def half_known_rows(orders: Orders) -> Iterator[Row]:
    """Show the order with half of the profile's answers taken away at random."""
    draws = [
        mean(half.ndcg(orders.whole(half)) for half in _halves(judged(WORDS)[1::2], seed))
        for seed in range(_DRAWS)
    ]
    figure = f"{mean(draws):.3f} ({min(draws):.3f} to {max(draws):.3f})"
    yield f"nDCG@10, whole answer, half of the profile, {_DRAWS} draws", figure, ">= 0.720"


def _halves(needs: Sequence[Judged], seed: int) -> Iterator[Judged]:
    source = random.Random(seed)
    for need in needs:
        names = sorted(need.profile)
        kept = source.sample(names, len(names) // 2)
        yield Judged(need.need, {name: need.profile[name] for name in kept}, need.grades)


def exposure_rows(orders: Orders) -> Iterator[Row]:
    """Show what it costs that the providers shown most yield, and how little that can move."""
    held, measured = judged(WORDS)[1::2], _attention(orders)
    most = sorted(measured, key=lambda name: (-measured[name], name))[:_MOST_SHOWN]
    tired = Experience((), frozenset(most))
    cost = mean(
        need.ndcg(orders.whole(need)) - need.ndcg(orders.answered(need, experience=tired))
        for need in held
    )
    largest = max(shares(measured).values())
    over = len(over_exposed({name: one * 100 for name, one in measured.items()}, 0.35))
    bound = reach("exposure", DEFAULT_WEIGHTS)
    yield "largest share of attention, providers above 0.35", f"{largest:.3f}, {over}", "printed"
    yield f"nDCG@10 lost where the {_MOST_SHOWN} shown most yield", f"{cost:.4f}", "printed"
    yield "most of a score that a provider loses so", f"{bound:.4f}", "stated"


def _attention(orders: Orders) -> Counter[str]:
    provider = {c.offer.slug: c.provider for c in orders.catalogue.candidates}
    given: Counter[str] = Counter()
    for need in judged(WORDS):
        given.update(attention(provider[slug] for slug in orders.whole(need)))
    return given
