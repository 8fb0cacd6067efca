"""The size class of an enterprise under European law, from numbers that may be intervals.

Sources: Recommendation 2003/361/EC (micro, small, medium), Recommendation (EU) 2025/1099
(small mid-cap); a mid-cap has fewer than 5,000 staff and at most EUR 1.5 bn turnover or
2 bn balance sheet (decree 2008-1354, France). Figures of linked enterprises are included.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from aiff_matching.profiles.domain.enterprises import (
    PUBLIC_CONTROL,
    Accounts,
    Enterprise,
    Figures,
    aggregated,
    public_share,
)
from aiff_matching.shared.intervals import Between

SIZES = ("micro", "small", "medium", "small_midcap", "midcap", "large")
# Staff below, then turnover or balance sheet at most (EUR).
CEILINGS = (
    (10, 2e6, 2e6),
    (50, 10e6, 10e6),
    (250, 50e6, 43e6),
    (750, 150e6, 129e6),
    (5000, 1.5e9, 2e9),
)
_MIDCAP = SIZES.index("midcap")
_Ranks = frozenset[int]


@dataclass(frozen=True, slots=True)
class Size:
    """The classes that are possible, and what they rest on.

    `enterprises` None: nothing was said about others, so the company counts as autonomous.
    `totals` are the figures of the last closed year with linked and partner enterprises.
    `own` are the company's alone; `years` counts the accounts that were compared.
    """

    classes: frozenset[str]
    own: Figures
    totals: Figures
    enterprises: tuple[Enterprise, ...] | None
    years: int

    @property
    def known(self) -> bool:
        """Tell whether the answers exclude any class."""
        return len(self.classes) < len(SIZES)


def size_of(
    own: Figures, enterprises: tuple[Enterprise, ...] | None, previous: Sequence[Accounts]
) -> Size:
    """Return the size class with everything that the law adds to the company's own figures.

    `previous` are the totals of earlier closed years, newest first.
    """
    totals = aggregated(own, enterprises or ())
    years = [totals, *map(Figures.of, previous)]
    ranks = _barred(_after(years), public_share(enterprises or ()))
    classes = frozenset(SIZES[rank] for rank in ranks)
    return Size(classes, own, totals, enterprises, len(years))


def possible_sizes(headcount: Between, turnover: Between, balance: Between) -> frozenset[str]:
    """Return every class that these figures of one year allow."""
    sizes = _of_year(Figures(headcount, turnover, balance))
    return frozenset(SIZES[rank] for rank in sizes)


def _of_year(figures: Figures) -> _Ranks:
    """Return the ranks between the two corners: a class grows with each of the numbers."""
    lowest = _rank(figures.headcount.low, figures.turnover.low, figures.balance.low)
    highest = _rank(figures.headcount.high, figures.turnover.high, figures.balance.high)
    return frozenset(range(lowest, highest + 1))


def _rank(headcount: float, turnover: float, balance: float) -> int:
    for rank, (staff, sales, assets) in enumerate(CEILINGS):
        if headcount < staff and (turnover <= sales or balance <= assets):
            return rank
    return len(CEILINGS)


def _after(years: Sequence[Figures]) -> _Ranks:
    """Return the classes after the newest of these years.

    A ceiling is passed only when two consecutive accounts lie on its other side (article 4,
    paragraph 2). One year alone stands for itself; what came before the oldest is not known.
    """
    each = [_of_year(figures) for figures in years]
    if len(each) == 1:
        return each[0]
    return frozenset(rank for course in product(*each) for rank in _kept(course))


def _kept(course: Sequence[int]) -> Iterator[int]:
    """Yield the ranks after known classes of consecutive years, newest first."""
    sides = [_side(course, ceiling) for ceiling in range(1, len(SIZES))]
    for rank in range(len(SIZES)):
        if all((rank >= ceiling) in side for ceiling, side in enumerate(sides, start=1)):
            yield rank


def _side(course: Sequence[int], ceiling: int) -> frozenset[bool]:
    """Return on which sides of a ceiling the enterprise may be: that of the last equal pair."""
    above = [rank >= ceiling for rank in course]
    for newer, older in pairwise(above):
        if newer == older:
            return frozenset({newer})
    return frozenset({True, False})


def _barred(ranks: _Ranks, public: Between) -> _Ranks:
    """Leave out SME and small mid-cap where public bodies hold 25 % (article 3, paragraph 4)."""
    if public.high < PUBLIC_CONTROL:
        return ranks
    raised = frozenset(max(rank, _MIDCAP) for rank in ranks)
    return raised if public.low >= PUBLIC_CONTROL else ranks | raised
