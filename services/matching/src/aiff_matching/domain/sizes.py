"""The size class of an enterprise under European law, from numbers that may be intervals.

Sources: Recommendation 2003/361/EC (micro, small, medium), Recommendation (EU) 2025/1099
(small mid-cap); a mid-cap has fewer than 5,000 staff and at most EUR 1.5 bn turnover or
2 bn balance sheet (decree 2008-1354, France). Figures of linked enterprises must be included.
"""

from math import inf

from aiff_matching.domain.answers import Between

SIZES = ("micro", "small", "medium", "small_midcap", "midcap", "large")
# Staff below, then turnover or balance sheet at most (EUR).
_CEILINGS = (
    (10, 2e6, 2e6),
    (50, 10e6, 10e6),
    (250, 50e6, 43e6),
    (750, 150e6, 129e6),
    (5000, 1.5e9, 2e9),
)
UNBOUNDED = Between(0, inf)


def possible_sizes(headcount: Between, turnover: Between, balance: Between) -> frozenset[str]:
    """Return every class the enterprise may belong to.

    A class grows with each of the three numbers, so the lowest and the highest corner bound it.
    """
    lowest = _rank(headcount.low, turnover.low, balance.low)
    highest = _rank(headcount.high, turnover.high, balance.high)
    return frozenset(SIZES[lowest : highest + 1])


def _rank(headcount: float, turnover: float, balance: float) -> int:
    for rank, (staff, sales, assets) in enumerate(_CEILINGS):
        if headcount < staff and (turnover <= sales or balance <= assets):
            return rank
    return len(_CEILINGS)
