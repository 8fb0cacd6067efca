"""Which parts of a funding offer answer a need, and how well its amounts fit."""

from aiff_contracts.offer import FundingComponent, FundingDetails, Text
from aiff_matching.profiles.domain.need import FundingNeed
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.verdicts import Check, Saying
from aiff_matching.shared.bilingual import number_en, number_fr, text
from aiff_matching.shared.intervals import Between, between

Components = tuple[FundingComponent, ...]


def kept(details: FundingDetails, need: FundingNeed) -> Components:
    """Return the components that the need accepts: a blended offer keeps its grant part."""
    return tuple(
        part
        for part in details.components
        if (part.dilution == "none" or not need.non_dilutive_only)
        and (need.instruments is None or part.instrument in need.instruments)
    )


def checks(parts: Components, need: FundingNeed) -> list[Check]:
    """Return whether the amount asked for reaches the smallest amount that is given."""
    if need.amount_eur is None:
        return []
    asked = between(need.amount_eur)
    smallest = [minimum(part) for part in parts]
    if not smallest or None in smallest:
        return []
    floor = min(amount for amount in smallest if amount is not None)
    truth = _above(asked, floor)
    if truth is Truth.TRUE:
        return []
    return [Check("amount", truth, Saying(_too_small, (floor,)), blocking=False)]


def fit(parts: Components, need: FundingNeed) -> float | None:
    """Return the share (0 to 1) of the amount asked for that the largest component covers.

    None where nothing is asked or no ceiling is known.
    """
    ceilings = [float(p.maximum.amount) for p in parts if p.maximum and p.maximum.currency == "EUR"]
    if need.amount_eur is None or not ceilings:
        return None
    asked = between(need.amount_eur)
    return min(1.0, max(ceilings) / asked.low) if asked.low > 0 else 1.0


def minimum(part: FundingComponent) -> float | None:
    """Return a component's smallest amount in EUR, None where unknown."""
    if part.minimum is None or part.minimum.currency != "EUR":
        return None
    return float(part.minimum.amount)


def smallest_amount(parts: Components) -> float:
    """Return the smallest amount in EUR with which any of the parts begins, 0 where unknown."""
    return min((minimum(part) or 0.0 for part in parts), default=0.0)


def _above(asked: Between, floor: float) -> Truth:
    if asked.low >= floor:
        return Truth.TRUE
    return Truth.FALSE if asked.high < floor else Truth.UNKNOWN


def _too_small(floor: float) -> Text:
    return text(
        f"Montant minimal : {number_fr(floor)} €", f"Smallest amount: EUR {number_en(floor)}"
    )
