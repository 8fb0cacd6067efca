"""Ranking quality on judged needs: nDCG@10 and recall@50, beside simpler orders.

The needs and their grades are in `bench/judged`. All weights were chosen on the even half of each
set; the odd half is reported and chooses nothing. Popularity orders the offers for everybody alike
by the grades that they have in the even half. `python -m bench.quality.tuning` prints what other
weights would give.
"""

from collections.abc import Callable, Iterator, Sequence
from statistics import mean

from bench.quality.judged import MIXED, RESOURCES, STRUCTURED, WORDS, Judged, judged
from bench.quality.orders import Orders
from bench.quality.partly import exposure_rows, half_known_rows
from bench.quality.partner_searches import partner_rows
from bench.quality.past import history_rows

Row = tuple[str, str, str]
Way = Callable[[Judged], list[str]]
_GOAL = ">= 0.750"
_SETS = {
    WORDS: "needs in words",
    STRUCTURED: "forms without words",
    MIXED: "words and several parts",
    RESOURCES: "needs for resources",
}


def rows() -> list[Row]:
    """Return the figures of the odd half, and beside them those of the half that tuned."""
    orders = Orders()
    return [
        *_simple(orders),
        *_whole(orders),
        *half_known_rows(orders),
        *exposure_rows(orders),
        *partner_rows(orders),
        *history_rows(orders),
    ]


def _simple(orders: Orders) -> Iterator[Row]:
    held = judged(WORDS)[1::2]
    ways: dict[str, Way] = {
        "hybrid of words and meaning": orders.hybrid,
        "BM25 only": lambda need: orders.hybrid(need, 1),
        "meaning only": lambda need: orders.hybrid(need, 0),
        "popularity": orders.popular,
    }
    for title, way in ways.items():
        ndcg, recall = means(held, way)
        yield f"nDCG@10 / recall@50, {title}", f"{ndcg:.3f} / {recall:.3f}", "-"
    chance = [orders.at_random(need) for need in held]
    ndcg, recall = mean(n for n, _ in chance), mean(r for _, r in chance)
    yield "nDCG@10 / recall@50, random", f"{ndcg:.3f} / {recall:.3f}", "-"


def _whole(orders: Orders) -> Iterator[Row]:
    for theme, title in _SETS.items():
        needs = judged(theme)
        goal = _GOAL if theme == WORDS else "printed"
        found = [means(needs[half::2], orders.whole)[0] for half in (1, 0)]
        figure = f"{found[0]:.3f} (even {found[1]:.3f})"
        yield f"nDCG@10, whole answer, {len(needs[1::2])} {title}", figure, goal


def means(needs: Sequence[Judged], way: Way) -> tuple[float, float]:
    """Return the mean figures of a way to order."""
    found = [(need, way(need)) for need in needs]
    ndcg = mean(need.ndcg(order) for need, order in found)
    return ndcg, mean(need.recall(order) for need, order in found)
