"""Whether what was learnt from a year of use helps the order, and what a lie would do to it.

The year is made up: founders whose needs are those of the judged sets, said in fewer words and with
fewer answers, see the first page and take what they truly want: the judged grade and a taste of
their own, which the product's score does not know. `strangers` learnt from needs of
the even half alone, whose subjects are others than those that are measured; a random history took
anything, a wrong one took only what nobody wants.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log2, sqrt
from statistics import mean
from uuid import UUID

from aiff_contracts.codec import dump
from aiff_kit.text import terms_in
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS, NEUTRAL, reach
from aiff_matching.experience.domain import Experience, PastNeed, Sketch, traits_of
from aiff_matching.offers.domain.relevance import text_of
from bench.quality.judged import MIXED, RESOURCES, STRUCTURED, WORDS, Judged, judged
from bench.quality.orders import Orders

Row = tuple[str, str, str]
Wants = Callable[[Judged, str, random.Random], float]
_NEEDS_A_YEAR = 700
_PAGE = 10
_TASTE = 0.7
_KEPT_WORDS, _KEPT_TRAITS = 0.55, 0.7
_GOALS = {"on": "better than off"}
# How often somebody takes what is wanted so much (0 to 3), at the first place of the page.
_TAKEN = (0.02, 0.1, 0.3, 0.6)


@dataclass(frozen=True)
class _Met:
    """A judged need with the page that it was shown, and what it tells about itself."""

    need: Judged
    page: Sequence[str]
    told: Sketch


def history_rows(orders: Orders) -> Iterator[Row]:
    """Show the odd half with no history, with a true one, and with false ones."""
    even, odd = (_met(orders, half) for half in (0, 1))
    measured = [met.need for met in odd]
    off = mean(met.need.ndcg(met.page) for met in odd)
    years = {
        "off": None,
        "on": _year(orders, [*even, *odd], _true),
        "on, of strangers": _year(orders, even, _true),
        "random": _year(orders, [*even, *odd], _random),
        "wrong": _year(orders, [*even, *odd], _wrong),
    }
    for title, past in years.items():
        found = off if past is None else _ndcg(orders, measured, past)
        figure = f"{found:.3f} ({found - off:+.3f})"
        yield (
            f"nDCG@10, {len(measured)} needs, history {title}",
            figure,
            _GOALS.get(title, "printed"),
        )
    bound = reach("history", DEFAULT_WEIGHTS) * (1 - NEUTRAL)
    yield "most of a score that a false history adds", f"{bound:.4f}", "stated"


def _ndcg(orders: Orders, needs: Sequence[Judged], past: Experience) -> float:
    return mean(need.ndcg(orders.answered(need, experience=past)) for need in needs)


def _met(orders: Orders, half: int) -> list[_Met]:
    themes = (WORDS, STRUCTURED, MIXED, RESOURCES)
    needs = [need for theme in themes for need in judged(theme)[half::2]]
    return [_Met(need, orders.whole(need), _told(orders, need)) for need in needs]


def _told(orders: Orders, need: Judged) -> Sketch:
    asked = orders.asked(need)
    words = frozenset(terms_in(text_of(asked.need)))
    return Sketch(traits_of(dump(asked.profile), dump(asked.need)), words)


def _true(need: Judged, slug: str, source: random.Random) -> float:
    return need.grades.get(slug, 0) + source.gauss(0, _TASTE)


def _random(_need: Judged, _slug: str, source: random.Random) -> float:
    return source.uniform(0, 3)


def _wrong(need: Judged, slug: str, _source: random.Random) -> float:
    return 0 if slug in need.grades else 3


def _year(orders: Orders, met: Sequence[_Met], wants: Wants) -> Experience:
    """Return a year of decisions of founders with such needs."""
    source = random.Random(20261130)
    ids = {c.offer.slug: c.offer.id for c in orders.catalogue.candidates}
    past = [_decided(source.choice(met), wants, ids, source) for _ in range(_NEEDS_A_YEAR)]
    return Experience(tuple(need for need in past if need.offers))


def _decided(met: _Met, wants: Wants, ids: dict[str, UUID], source: random.Random) -> PastNeed:
    taken = {
        ids[slug]
        for place, slug in enumerate(met.page[:_PAGE])
        if source.random() < _chance(wants(met.need, slug, source), place)
    }
    told = Sketch(
        _some(met.told.traits, _KEPT_TRAITS, source), _some(met.told.words, _KEPT_WORDS, source)
    )
    return PastNeed(told, frozenset(taken))


def _chance(wanted: float, place: int) -> float:
    grade = min(3, max(0, round(wanted)))
    return _TAKEN[grade] / sqrt(log2(place + 2))


def _some(members: frozenset[str], share: float, source: random.Random) -> frozenset[str]:
    return frozenset(member for member in sorted(members) if source.random() < share)
