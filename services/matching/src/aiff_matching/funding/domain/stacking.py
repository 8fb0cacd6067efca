"""How much of an aid a company can still have, by the rules between offers.

Three ceilings lower the amount: own equity, the de minimis headroom, and the largest share of
a project's cost that all aid together may pay. The first two refuse by a rule (`requirements`)
and only say here how much remains; the third refuses where it leaves less than the smallest
amount of the offer.
"""

from collections.abc import Iterator
from math import inf, isinf

from aiff_contracts.offer import FundingDetails, Text
from aiff_matching.funding.domain.amounts import Components, smallest_amount
from aiff_matching.profiles.domain.aid import DE_MINIMIS_CEILING_EUR, project_total
from aiff_matching.profiles.domain.facts import Facts, Known
from aiff_matching.profiles.domain.wording import limit_text, measure_text
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.verdicts import Check, Saying
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

_EQUITY = text("vos fonds propres plafonnent l'aide", "your own equity caps the aid")
_DE_MINIMIS = text(
    "reste du plafond de minimis de 300\u202f000\u00a0€ sur trois ans",
    "what is left of the de minimis ceiling of EUR 300,000 over three years",
)
_DE_MINIMIS_ALONE = text(
    f"{_DE_MINIMIS.fr}, si aucune autre entreprise n'est liée à la vôtre",
    f"{_DE_MINIMIS.en}, if no other enterprise is linked to yours",
)
_CEILING = float(DE_MINIMIS_CEILING_EUR)
_RATE = "cumulated_rate"


def reads_profile(details: FundingDetails) -> bool:
    """Tell whether any ceiling of an offer depends on who asks."""
    stacking = details.stacking
    ceiling = stacking.max_cumulated_rate is not None
    return bool(ceiling or stacking.capped_by_own_equity or stacking.de_minimis)


def checks(details: FundingDetails, parts: Components, known: Known) -> Iterator[Check]:
    """Yield what each ceiling of an offer leaves."""
    stacking, floor = details.stacking, smallest_amount(parts)
    for code, left, why in _capped(details, known):
        if left.low > 0 and left.low >= floor:
            yield Check(code, Truth.TRUE, Saying(_at_most, (left, why)))
    if stacking.max_cumulated_rate is not None:
        yield _of_project(float(stacking.max_cumulated_rate), floor, known)


def _capped(details: FundingDetails, known: Known) -> Iterator[tuple[str, Between, Text]]:
    """Yield the known ceilings that a rule also asks about.

    Who says nothing about other enterprises counts as autonomous, and the sentence says so.
    """
    facts = known.facts
    equity, received = _number(facts, "own_equity_eur"), _number(facts, "de_minimis_received_eur")
    if details.stacking.capped_by_own_equity and equity is not None:
        yield "own_equity", equity, _EQUITY
    if details.stacking.de_minimis and received is not None:
        why = _DE_MINIMIS_ALONE if known.profile.enterprises is None else _DE_MINIMIS
        yield "de_minimis", _less(Between(_CEILING, _CEILING), received), why


def _of_project(rate: float, floor: float, known: Known) -> Check:
    """Return whether the aid to one project leaves room under its largest share of the cost."""
    cost, aids = _number(known.facts, "project_cost_eur"), known.profile.prior_aid
    had = Between(0, inf) if aids is None else project_total(aids, known.need.project)
    left = _less(Between(0, inf) if cost is None else cost.scaled(rate), had)
    if left.high <= 0 or left.high < floor:
        return Check(_RATE, Truth.FALSE, Saying(_no_room, (rate,)))
    if left.low > 0 and left.low >= floor:
        return Check(_RATE, Truth.TRUE, Saying(_room, (left, rate)))
    ask = "prior_aid" if aids is None or cost is not None else "project_cost_eur"
    return Check(_RATE, Truth.UNKNOWN, Saying(_unclear, (rate,)), attribute=ask)


def _room(left: Between, rate: float) -> Text:
    return _at_most(left, _share(rate))


def _no_room(rate: float) -> Text:
    why = _share(rate)
    return text(f"Plus de place : {why.fr}", f"No room left: {why.en}")


def _unclear(rate: float) -> Text:
    why = _share(rate)
    return text(f"À préciser : {why.fr}", f"To be answered: {why.en}")


def _share(rate: float) -> Text:
    share = limit_text(rate, "share")
    return text(
        f"toutes les aides au projet ensemble, {share.fr} de son coût au plus",
        f"all aid to the project together, {share.en} of its cost at most",
    )


def _at_most(left: Between, why: Text) -> Text:
    amount = measure_text(left, "EUR")
    return text(f"Jusqu'à {amount.fr} : {why.fr}", f"Up to {amount.en}: {why.en}")


def _number(facts: Facts, name: str) -> Between | None:
    fact = facts.get(name)
    return fact if isinstance(fact, Between) else None


def _less(whole: Between, part: Between) -> Between:
    """Return what remains, never below nothing; an unlimited whole remains unlimited."""
    high = inf if isinf(whole.high) else whole.high - part.low
    low = 0.0 if isinf(part.high) else whole.low - part.high
    return Between(max(0.0, low), max(0.0, high))
