"""Ways into compute offers judged by their parts: machine, price, terms and opening.

Many ways differ in one part only: a price, a ceiling, a cut-off. Each distinct part is judged
once, and numpy puts those of each way together. A check fails, asks or doubts by itself, so the
verdict on a way is the weakest of those on its parts. The parts are those of which `options`
makes the options that are explained.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from aiff_contracts.offer import AccessMode
from aiff_contracts.sparing import spared
from aiff_matching.answers.domain import criteria
from aiff_matching.answers.domain.assessment import FAULTY, REASON_NUMBERS, hidden
from aiff_matching.answers.domain.judged import NEVER, Floats, Judged
from aiff_matching.compute.domain.costs import Cost
from aiff_matching.compute.domain.options import (
    Machine,
    Opening,
    Price,
    Situation,
    Terms,
    compute_details,
    machine_checks,
    way_of,
)
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue
from aiff_matching.offers.domain.moves import Ints
from aiff_matching.profiles.domain.need import Need
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.verdicts import VERDICTS, Check, decide

_TO_CONFIRM = VERDICTS.index("to_confirm")
# Only budgets in euros are compared with what the work costs.
_NOT_READ = Cost("unknown")


@dataclass(frozen=True, slots=True)
class _Found:
    """One part as it is judged: the reason why it hides its offers, else its checks."""

    checks: tuple[Check, ...] = ()
    reason: int = 0
    cheap: float | None = None

    @property
    def verdict(self) -> int:
        """Return the place of the verdict that these checks alone would give."""
        if not self.checks:
            return 0
        alone = decide(Truth.TRUE, self.checks, conditional=False, closed=False)
        return VERDICTS.index(alone.if_open)

    @property
    def waits(self) -> frozenset[str]:
        """Return the answers that the verdict waits for."""
        return frozenset(filter(None, (check.awaited for check in self.checks)))


def judge_by_parts(catalogue: Catalogue, cases: Ints, situation: Situation) -> Judged:
    """Judge these distinct ways if their rules hold; hidden ones keep values nobody reads."""
    result, columns = Judged.blank(len(cases)), catalogue.columns
    openings: _Openings = catalogue.remembered.get(
        ("openings", situation.today, columns.period(situation.now)),
        lambda: _Openings.of(catalogue, situation),
    )
    openings.put(result, columns.case_parts["opening"].index[cases])
    shares, counts = np.zeros(len(cases)), np.zeros(len(cases))
    for name, judge in _JUDGES.items():
        wanted, own = np.unique(columns.case_parts[name].index[cases], return_inverse=True)
        found = [_spared(judge, *_example(catalogue, name, part), situation) for part in wanted]
        _take_over(result, found, own)
        shares += _floats(sum(check.truth for check in one.checks) / 2 for one in found)[own]
        counts += _floats(len(one.checks) for one in found)[own]
    np.divide(shares, counts, out=result.values["fit"], where=counts > 0)
    return result


def _take_over(result: Judged, found: list[_Found], own: Ints) -> None:
    """Put one part of each way to the others; `own` is the place of each way's part."""
    verdicts = np.array([one.verdict for one in found], np.intp)
    np.maximum(result.if_true, verdicts[own], out=result.if_true)
    reasons = np.array([one.reason for one in found], np.intp)[own]
    np.maximum(result.reasons, reasons, out=result.reasons)
    costs = _floats(np.nan if one.cheap is None else one.cheap for one in found)[own]
    np.copyto(result.values["cost"], costs, where=~np.isnan(costs))
    for place in np.flatnonzero(np.array([bool(one.waits) for one in found], bool)[own]):
        result.waits[place] |= found[own[place]].waits


def _machine(candidate: Candidate, _mode: AccessMode | None, situation: Situation) -> _Found:
    reason = hidden(candidate, Need(compute=situation.need), situation)
    if reason is not None:
        return _Found(reason=REASON_NUMBERS[reason])
    return _Found(machine_checks(compute_details(candidate), situation))


def _price(candidate: Candidate, mode: AccessMode | None, situation: Situation) -> _Found:
    price = Price.of(candidate.offer, mode, Machine.of(compute_details(candidate), situation))
    return _Found(price.checks, cheap=criteria.cheap(price.cost, situation))


def _terms(candidate: Candidate, mode: AccessMode | None, situation: Situation) -> _Found:
    machine, cost = Machine.of(compute_details(candidate), situation), _NOT_READ
    if mode is not None and mode.unit == "eur":
        cost = Price.of(candidate.offer, mode, machine).cost
    terms = Terms.of(mode, machine, cost)
    return _Found((*terms.quota, *terms.time))


_Judge = Callable[[Candidate, AccessMode | None, Situation], _Found]


def _spared(
    judge: _Judge, candidate: Candidate, mode: AccessMode | None, situation: Situation
) -> _Found:
    do = partial(judge, candidate, mode, situation)
    return spared("judging", candidate.offer.slug, do, _Found(reason=FAULTY))


_JUDGES: Mapping[str, _Judge] = {"machine": _machine, "price": _price, "terms": _terms}


@dataclass(frozen=True, slots=True)
class _Openings:
    """Each distinct opening as it is in one period without any change."""

    closed: NDArray[np.bool_]
    conditional: NDArray[np.bool_]
    starts: Ints
    soon: Floats
    faulty: NDArray[np.bool_]

    @classmethod
    def of(cls, catalogue: Catalogue, situation: Situation) -> "_Openings":
        """Look at all of them; those of other kinds of offer, which have none, stay blank."""
        size = len(catalogue.columns.case_parts["opening"].examples)
        made = cls(
            closed=np.zeros(size, bool),
            conditional=np.zeros(size, bool),
            starts=np.full(size, NEVER),
            soon=np.full(size, np.nan),
            faulty=np.zeros(size, bool),
        )
        for part in range(size):
            way = _way(catalogue, "opening", part)
            look = partial(made.look, part, way, situation)
            made.faulty[part] = spared("judging", way[0].offer.slug, look, True)  # noqa: FBT003
        return made

    def look(self, part: int, way: tuple[Candidate, int], situation: Situation) -> bool:
        """Look at one of them, in which no fault is found."""
        candidate, number = way
        if candidate.offer.kind == "compute":
            mode, gate = way_of(candidate, number)
            opening = Opening.of(candidate, mode, gate, situation)
            start = opening.access.last
            self.closed[part], self.conditional[part] = opening.closed, opening.conditional
            self.starts[part] = NEVER if start is None else start.toordinal()
            value = criteria.soon(start, opening.status, situation.today)
            self.soon[part] = np.nan if value is None else value
        return False

    def put(self, result: Judged, own: Ints) -> None:
        """Put to each way what is found of its opening, of which `own` are the numbers."""
        result.closed[:], result.starts[:] = self.closed[own], self.starts[own]
        result.values["delay"][:] = self.soon[own]
        result.if_true[:] = np.where(self.conditional[own], _TO_CONFIRM, 0)
        result.reasons[:] = np.where(self.faulty[own], FAULTY, result.reasons)


def _example(catalogue: Catalogue, name: str, part: int) -> tuple[Candidate, AccessMode | None]:
    candidate, number = _way(catalogue, name, part)
    return candidate, way_of(candidate, number)[0]


def _way(catalogue: Catalogue, name: str, part: int) -> tuple[Candidate, int]:
    """Return a way that has a part: its offer, and its place among those into it."""
    columns = catalogue.columns
    return catalogue.way(int(columns.cases.examples[columns.case_parts[name].examples[part]]))


def _floats(values: Iterable[float]) -> Floats:
    return np.fromiter(values, np.float64)
