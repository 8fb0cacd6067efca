"""All offers judged and ordered for one question, by columns.

Verdicts, scores and order are exactly those of `assessment.assess`, `ranking.score` and
`ranking.ranked` applied to each offer by itself, which explain the first ones afterwards: the
same functions judge each distinct part once, and sums are taken in the same order.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiff_contracts.offer import Kind
from aiff_matching.answers.domain.assessment import FAULTY, HIDDEN
from aiff_matching.answers.domain.criteria import VERDICT_VALUES, Question
from aiff_matching.answers.domain.judged import OF_WAY, Floats, Judged
from aiff_matching.answers.domain.judging import (
    OF_TIME,
    judged,
    of_parts,
    of_time,
)
from aiff_matching.answers.domain.ranking import (
    CRITERIA,
    NEUTRAL,
    in_order,
    weights_in_use,
)
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.columns import Columns
from aiff_matching.offers.domain.moves import Ints
from aiff_matching.offers.domain.placement import is_there, venue
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.rules.domain.rulebook import Truths
from aiff_matching.rules.domain.verdicts import VERDICTS

_CLOSED, _TO_CONFIRM = VERDICTS.index("closed"), VERDICTS.index("to_confirm")
_UNKNOWN, _NOT_ELIGIBLE = VERDICTS.index("unknown"), VERDICTS.index("not_eligible")
_VALUES_OF_VERDICTS = np.array([VERDICT_VALUES[name] for name in VERDICTS])
_ORDER_SPAN, _DAY_SPAN, _RANK_SPAN = len(VERDICTS), 1 << 22, 1 << 12


@dataclass(frozen=True, slots=True)
class Scan:
    """The rows that are shown, in the order of the answer, with their scores and verdicts.

    A verdict is its place in VERDICTS; `hopes` are the scores that eligible offers would have;
    the first `possible` rows are not refused; `hidden` counts what is not shown by reason. `ways`
    are the ways into the offers that the verdicts are about, judged in `cases`.
    """

    rows: Ints
    ways: Ints
    cases: Judged
    scores: Floats
    verdicts: Ints
    hopes: Floats
    possible: int
    hidden: Mapping[str, int]

    def counts(self) -> Counter[str]:
        """Return how many offers have which verdict."""
        numbers = np.bincount(self.verdicts, minlength=len(VERDICTS))
        return Counter({name: int(n) for name, n in zip(VERDICTS, numbers, strict=True) if n})

    def undecided(self, top: int, most: int) -> Ints:
        """Return the places in the answer of what is undecided, at the top or there if eligible."""
        threshold = float(self.scores[top - 1]) if self.possible >= top else -1.0
        near = (np.arange(len(self.rows)) < top) | (self.hopes > threshold)
        return np.flatnonzero((self.verdicts == _UNKNOWN) & near)[:most]


def scan(
    catalogue: Catalogue, truths: Truths, known: Known, question: Question,
    kinds: frozenset[Kind], weights: Mapping[str, float], rows: Ints | None = None,
) -> Scan:  # fmt: skip
    """Judge, score and order all offers; `kinds` empty means all kinds.

    `truths` are those of the catalogue's gates for the profile. `rows` names the offers that are
    asked about, None for all: no other one is judged, counted or hidden.
    """
    columns = catalogue.columns
    ways, left_out = _wanted_ways(columns, kinds, rows)
    cases = judged(catalogue, known, question, kinds)
    ways, reasons = _not_hidden(columns, cases, ways)
    truth = truths[columns.way_gates[ways]]
    elsewhere = _elsewhere(catalogue, known)[columns.way_rows[ways]]
    best = _best(columns, cases, ways, (truth, elsewhere))
    scores, hopes = _scores(catalogue, cases, best, question, weights)
    order = sorted_places(scores, best.refused)
    return Scan(
        rows=columns.way_rows[best.ways][order],
        ways=best.ways[order],
        cases=cases,
        scores=scores[order],
        verdicts=best.verdicts[order],
        hopes=hopes[order],
        possible=int(len(order) - best.refused.sum()),
        hidden=left_out | reasons,
    )


def sorted_places(scores: Floats, refused: NDArray[np.bool_]) -> Ints:
    """Return the places by falling scores, the refused ones last; equal ones keep their order."""
    groups = np.flatnonzero(~refused), np.flatnonzero(refused)
    return np.concatenate([places[_falling(scores[places])] for places in groups])


def _falling(scores: Floats) -> Ints:
    """Return the places by falling scores: a stable sort of them all takes five times as long."""
    order = np.argsort(-scores)
    ordered = scores[order]
    as_before = np.r_[False, ordered[1:] == ordered[:-1]] if len(order) else np.zeros(0, bool)
    tied = as_before | np.r_[as_before[1:], False] if as_before.any() else as_before
    own, runs = order[tied], np.cumsum(~as_before)[tied]
    order[tied] = own[np.argsort(runs * len(order) + own)]
    return order


def _wanted_ways(
    columns: Columns, kinds: frozenset[Kind], rows: Ints | None
) -> tuple[Ints, dict[str, int]]:
    if not kinds and rows is None:
        return np.arange(len(columns.way_rows)), {}
    asked = np.ones(len(columns.kind), bool)
    if rows is not None:
        asked = np.isin(np.arange(len(columns.kind)), rows)
    numbers = [number for number, kind in enumerate(columns.kinds) if not kinds or kind in kinds]
    wanted = asked & np.isin(columns.kind, numbers)
    others = int(asked.sum() - wanted.sum())
    return np.flatnonzero(wanted[columns.way_rows]), {"other_kind": others} if others else {}


def _not_hidden(columns: Columns, cases: Judged, ways: Ints) -> tuple[Ints, dict[str, int]]:
    """Drop the ways of hidden offers, and count these by reason: a reason holds for all ways."""
    reasons = cases.reasons[columns.cases.index[ways]]
    shown = reasons == 0
    if shown.all():
        return ways, {}
    rows = columns.way_rows[ways]
    # All ways but a faulty one may be sound; what is shown of an offer names each of them.
    faulty = np.isin(rows, rows[reasons == FAULTY])
    reasons = np.where(faulty, FAULTY, reasons)
    shown &= ~faulty
    numbers = np.unique(reasons[~shown])
    hidden = {HIDDEN[n - 1]: len(np.unique(rows[reasons == n])) for n in numbers}
    return ways[shown], hidden


@dataclass(frozen=True, slots=True)
class _Best:
    """Each offer's best way, its verdict, and what that would be if it were open."""

    ways: Ints
    verdicts: Ints
    if_open: Ints

    @property
    def refused(self) -> NDArray[np.bool_]:
        """Tell of each offer whether a rule fails, so that no opening would help."""
        refused: NDArray[np.bool_] = self.if_open == _NOT_ELIGIBLE
        return refused


# The verdict for the result of the rules (as `Truth` numbers them) and the verdict if they hold:
# the weaker of both.
_WEAKEST = np.array(
    [
        [VERDICTS.index("not_eligible")] * len(VERDICTS),
        [VERDICTS.index(v if v == "not_eligible" else "unknown") for v in VERDICTS],
        list(range(len(VERDICTS))),
        [VERDICTS.index("to_confirm" if v == "eligible" else v) for v in VERDICTS],
    ],
    np.intp,
)


def _elsewhere(catalogue: Catalogue, known: Known) -> NDArray[np.bool_]:
    """Tell of each row whether it takes place where the organisation is not known to be."""
    venues, candidates = catalogue.columns.venues, catalogue.candidates
    codes = [venue(candidates[row].offer) for row in venues.examples]
    away = np.array([not is_there(places, known.facts) for places in codes], bool)
    return away[venues.index]


def _best(
    columns: Columns, cases: Judged, ways: Ints, found: tuple[Truths, NDArray[np.bool_]]
) -> _Best:
    """Return for each offer its best way with its verdict and that if it were open.

    `found` says of each way the truth of its rules, and whether it takes place elsewhere.
    """
    own, (truth, elsewhere) = columns.cases.index[ways], found
    if_true = np.where(elsewhere, np.maximum(cases.if_true[own], _TO_CONFIRM), cases.if_true[own])
    if_open = _WEAKEST[truth, if_true]
    verdicts = np.where(cases.closed[own], _CLOSED, if_open)
    # As in `verdicts.hope`.
    hopeless = (verdicts == _CLOSED) & (if_open == _NOT_ELIGIBLE)
    order = np.where(hopeless, _ORDER_SPAN, verdicts) * _ORDER_SPAN + if_open
    order = order * _DAY_SPAN + cases.starts[own]
    order = order * _RANK_SPAN + columns.way_ranks[ways]
    rows = columns.way_rows[ways]
    first = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]]) if len(rows) else rows
    if len(first) < len(rows):
        lowest = np.minimum.reduceat(order, first)
        chosen = np.flatnonzero(order == np.repeat(lowest, np.diff(np.r_[first, len(rows)])))
    else:
        chosen = first
    return _Best(ways[chosen], verdicts[chosen], if_open[chosen])


def _scores(
    catalogue: Catalogue, cases: Judged, best: _Best, question: Question,
    weights: Mapping[str, float],
) -> tuple[Floats, Floats]:  # fmt: skip
    """Return the score of each offer, and what it would be with the best verdict."""
    columns, rows = catalogue.columns, catalogue.columns.way_rows[best.ways]
    kinds = columns.kind[rows]
    weights = weights_in_use(weights, question)
    names = [name for name in CRITERIA if weights[name] > 0]
    totals = _totals(columns, names, weights)[kinds]
    scores = np.zeros(len(kinds))
    for name in names:
        values, places = _values(catalogue, cases, best, question, name)
        # Weighed before they are spread over the rows: there are far fewer distinct values.
        weighed = np.where(np.isnan(values), NEUTRAL, values) * weights[name]
        part = weighed[places] / totals
        applying = CRITERIA[name].kinds
        applies = np.array([applying is None or kind in applying for kind in columns.kinds])
        scores += part if applies.all() else np.where(applies[kinds], part, 0.0)
    missing = VERDICT_VALUES["eligible"] - _VALUES_OF_VERDICTS[best.verdicts]
    return scores, scores + missing * weights["verdict"] / totals


def _totals(columns: Columns, names: list[str], weights: Mapping[str, float]) -> Floats:
    """Return the sum of the weights that apply to each kind; where none does, nothing is scored."""
    contributions = [
        in_order(weights[n] for n in names if (of := CRITERIA[n].kinds) is None or kind in of)
        for kind in columns.kinds
    ]
    return np.array([total or 1.0 for total in contributions])


def _values(
    catalogue: Catalogue, cases: Judged, best: _Best, question: Question, name: str
) -> tuple[Floats, Ints]:
    """Return distinct values of one criterion, and which of them each chosen way's offer has."""
    columns, of_offer = catalogue.columns, CRITERIA[name].of_offer
    if name == "verdict":
        return _VALUES_OF_VERDICTS, best.verdicts
    if name in OF_WAY:
        return cases.values[name], columns.cases.index[best.ways]
    rows = columns.way_rows[best.ways]
    if name in _BY_ROW:
        return _BY_ROW[name](catalogue, question), rows
    assert of_offer is not None  # noqa: S101 - all other criteria read the offer alone.
    parts = columns.criteria[name]
    if name in OF_TIME:
        return of_time(catalogue, name, of_offer, question), parts.index[rows]
    return of_parts(catalogue, parts, parts.present(rows), of_offer, question), parts.index[rows]


def _relevance(catalogue: Catalogue, question: Question) -> Floats:
    relevance = question.relevance
    return np.full(len(catalogue.candidates), np.nan) if relevance is None else relevance


def _ratings(catalogue: Catalogue, _question: Question) -> Floats:
    return catalogue.ratings


def _history(catalogue: Catalogue, question: Question) -> Floats:
    """Return how much more the offer of each row helped those most alike, NaN where it did not."""
    values = np.full(len(catalogue.candidates), np.nan)
    places = catalogue.rows_by_id()
    for offer_id, share in (question.history or {}).items():
        if offer_id in places:
            values[places[offer_id]] = share
    return values


def _exposure(catalogue: Catalogue, question: Question) -> Floats:
    """Return 0 for the offers of providers that are shown too much, 1 for the others."""
    fair = (candidate.provider not in question.over_exposed for candidate in catalogue.candidates)
    key = ("exposure", question.over_exposed)
    found: Floats = catalogue.remembered.get(key, lambda: np.array([*fair], np.float64))
    return found


# What is known of each row at once, for one question.
_BY_ROW: Mapping[str, Callable[[Catalogue, Question], Floats]] = {
    "text": _relevance,
    "ratings": _ratings,
    "history": _history,
    "exposure": _exposure,
}
