"""How well two sides suit each other.

Both must want each other, so one high score never makes up for a low one: the two are combined by
their harmonic mean (Pizzato, Rej, Chung, Koprinska, Kay: RECON, a reciprocal recommender, 2010).
"""

from aiff_matching.answers.domain.ranking import NEUTRAL


def reciprocal(one: float | None, other: float | None) -> float | None:
    """Return the harmonic mean of two scores in [0, 1]; None where a side is unknown."""
    if one is None or other is None:
        return None
    return 2 * one * other / (one + other) if one + other > 0 else 0.0


def for_order(one: float | None, other: float | None) -> float:
    """Return what orders a pair: a side that is unknown takes the neutral middle, never zero."""
    combined = reciprocal(
        NEUTRAL if one is None else one,
        NEUTRAL if other is None else other,
    )
    return 0.0 if combined is None else combined
