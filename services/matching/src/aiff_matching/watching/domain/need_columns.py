"""One offer judged for many needs: the columns of `scan`, the other way round.

Needs that are equal in what a rule or a check reads get the same answer, so each distinct answer
is judged once, by the same functions that judge and explain single offers, and numpy spreads the
results over the needs. Nothing is ranked here: that takes all offers of one need.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from aiff_contracts.offer import FundingDetails, IncubationDetails, IntakeStatus, OfferDocument
from aiff_contracts.offer.intake import next_deadline
from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule
from aiff_contracts.sparing import spared
from aiff_matching.answers.domain.assessment import assess, assess_way, hidden
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.compute.domain.options import Situation
from aiff_matching.offers.domain.catalogue import Candidate, Gate
from aiff_matching.offers.domain.columns import Parts
from aiff_matching.offers.domain.placement import is_there, venue
from aiff_matching.profiles.domain.aid import ListedAid
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import Truth, leaf_truth
from aiff_matching.rules.domain.rulebook import Truths, weighed
from aiff_matching.rules.domain.verdicts import Decision, Verdict, hope
from aiff_matching.watching.domain.match_states import CLOSING_SOON, MatchState, terms_of

_STATUSES: tuple[IntakeStatus, ...] = (
    "open",
    "opens_soon",
    "by_recommendation",
    "unknown",
    "closed",
)


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """One stored need with all that its answers give on a day."""

    id: UUID
    known: Known
    situation: Situation

    @classmethod
    def of(
        cls,
        need_id: UUID,
        asked: tuple[Profile, Need],
        tables: tuple[GpuTable, ListedAid],
        now: datetime,
    ) -> "NeedFacts":
        """Derive everything once, by the GPU table and the kinds of listed aid.

        It holds until the day ends.
        """
        gpus, listed = tables
        situation = Situation.of(asked[1].compute, gpus, now)
        return cls(need_id, Known.of(*asked, situation.today, listed), situation)

    def at(self, now: datetime) -> "NeedFacts":
        """Return the need at another instant of the same day."""
        return replace(self, situation=replace(self.situation, now=now))


@dataclass(frozen=True, slots=True)
class _Way:
    """One way into the offer for one distinct case: what it gives if its rules hold."""

    if_true: Verdict
    closed: bool
    status: IntakeStatus
    mode: str | None
    closing: str | None


# One way with the truth of its rules: its decision.
_Decided = tuple[Verdict, Verdict, _Way]


@dataclass(frozen=True, slots=True)
class NeedColumns:
    """Many needs by column; a column is made when a rule first reads it."""

    needs: Sequence[NeedFacts]
    _columns: dict[str, Parts] = field(default_factory=dict)

    def states(self, candidate: Candidate, now: datetime) -> list[MatchState | None]:
        """Return how the offer stands for each need at an aware instant, None for not at all.

        An offer that cannot be judged stands for nobody, and the others are judged.
        """
        nobody: list[MatchState | None] = [None] * len(self.needs)
        judge = partial(self._states, candidate, now)
        return spared("watching offers", candidate.offer.slug, judge, nobody) if nobody else nobody

    def _states(self, candidate: Candidate, now: datetime) -> list[MatchState | None]:
        kinds = _Cases.of(candidate, self.needs, now)
        ways = candidate.modes or ((None, candidate.gate),)
        truths = [self.truths(gate.rule) for _, gate in ways]
        combined = np.column_stack([kinds.index, *truths])
        distinct, inverse = np.unique(combined, axis=0, return_inverse=True)
        terms = terms_of(candidate.offer)
        found = [
            _state(kinds.cases[row[0]], [Truth(int(value)) for value in row[1:]], terms)
            for row in distinct
        ]
        return [found[number] for number in inverse.ravel()]

    def truths(self, rule: Rule | None) -> Truths:
        """Return the result of one rule for each need, equal to `rules.judged`."""
        if rule is None:
            return np.full(len(self.needs), int(Truth.TRUE), np.uint8)
        plain = self._truths(rule, negated=False, lenient=False)
        if not (plain == int(Truth.FALSE)).any():
            return plain
        return weighed(plain, self._truths(rule, negated=False, lenient=True))

    def _truths(self, rule: Rule, *, negated: bool, lenient: bool) -> Truths:
        match rule:
            case Cmp():
                return self._compared(rule, negated=negated, lenient=lenient)
            case Not(rule=inner):
                return self._truths(inner, negated=not negated, lenient=lenient)
            case All(rules=rules) | AnyOf(rules=rules):
                parts = [self._truths(part, negated=negated, lenient=lenient) for part in rules]
        how = np.minimum if isinstance(rule, All) != negated else np.maximum
        found: Truths = how.reduce(parts)
        return found

    def _compared(self, leaf: Cmp, *, negated: bool, lenient: bool) -> Truths:
        column = self._column(leaf.attribute)
        facts = [self.needs[n].known.facts.get(leaf.attribute) for n in column.examples]
        each = np.array([int(leaf_truth(leaf, fact)) for fact in facts], np.uint8)
        each = 2 - each if negated else each
        if lenient and self.needs[0].known.today > leaf.refuses_until:
            each = np.where(each == int(Truth.FALSE), int(Truth.TRUE), each)
        return each.astype(np.uint8)[column.index]

    def _column(self, attribute: str) -> Parts:
        if attribute not in self._columns:
            facts = (stored.known.facts.get(attribute) for stored in self.needs)
            self._columns[attribute] = Parts.of_keys(facts)
        return self._columns[attribute]


@dataclass(frozen=True, slots=True)
class _Cases:
    """Which of the distinct cases each need is; a case without ways leaves the offer out."""

    index: NDArray[np.intp]
    cases: Sequence[Sequence[_Way]]

    @classmethod
    def of(cls, candidate: Candidate, needs: Sequence[NeedFacts], now: datetime) -> "_Cases":
        parts = Parts.of_keys(_case(candidate.offer, stored.known) for stored in needs)
        return cls(parts.index, [_ways(candidate, needs[n], now) for n in parts.examples])


def _case(offer: OfferDocument, known: Known) -> Hashable:
    """Return all that a verdict depends on besides the truth of its rules."""
    need, details = known.need, offer.details
    wanted = need.wanted_kinds()
    if wanted and offer.kind not in wanted:
        return False
    if offer.kind == "compute":
        return need.compute
    if isinstance(details, FundingDetails):
        return need.funding, *_stacked(details, known)
    there = is_there(venue(offer), known.facts)
    return there, need.incubation if isinstance(details, IncubationDetails) else None


def _stacked(details: FundingDetails, known: Known) -> tuple[Hashable, ...]:
    stacking, facts = details.stacking, known.facts
    return (
        facts.get("own_equity_eur") if stacking.capped_by_own_equity else None,
        facts.get("de_minimis_received_eur") if stacking.de_minimis else None,
        (facts.get("project_cost_eur"), known.profile.prior_aid, known.need.project)
        if stacking.max_cumulated_rate is not None
        else None,
    )


def _ways(candidate: Candidate, stored: NeedFacts, now: datetime) -> list[_Way]:
    wanted = stored.known.need.wanted_kinds()
    situation = stored.at(now).situation
    other_kind = bool(wanted) and candidate.offer.kind not in wanted
    if other_kind or hidden(candidate, stored.known.need, situation) is not None:
        return []
    count = max(1, len(candidate.modes))
    return [_way(candidate, number, stored.known, situation) for number in range(count)]


def _way(candidate: Candidate, number: int, known: Known, situation: Situation) -> _Way:
    if candidate.offer.kind == "compute":
        item = assess_way(candidate, number, known, situation)
    else:
        item = assess(candidate, (Truth.TRUE,), known, situation)
    mode = candidate.modes[number][0].id if candidate.modes else None
    closing = _closing(item.gate, situation.now) if item.status == "open" else None
    closed = item.decision.verdict == "closed"
    return _Way(item.decision.if_open, closed, item.status, mode, closing)


def _closing(gate: Gate, now: datetime) -> str | None:
    deadline = next_deadline(gate.intake, now)
    near = deadline is not None and deadline.end() - now <= CLOSING_SOON
    return deadline.end().isoformat() if deadline is not None and near else None


def _state(ways: Sequence[_Way], truths: Sequence[Truth], terms: str) -> MatchState | None:
    decided = [_decided(way, truth) for way, truth in zip(ways, truths, strict=False)]
    if not decided:
        return None
    verdict, if_open, _ = min(decided, key=_rank)
    if if_open == "not_eligible":
        return None
    best = [way for one, other, way in decided if (one, other) == (verdict, if_open)]
    had = [way for one, _, way in decided if one in {"eligible", "to_confirm"}]
    return MatchState(
        verdict=verdict,
        if_open=if_open,
        status=min((way.status for way in best), key=_STATUSES.index),
        options=tuple(sorted(way.mode for way in had if way.mode is not None)),
        closing=min((way.closing for way in best if way.closing is not None), default=None),
        terms=terms,
    )


def _decided(way: _Way, truth: Truth) -> _Decided:
    if truth is Truth.FALSE or way.if_true == "not_eligible":
        if_open: Verdict = "not_eligible"
    elif truth is Truth.DOUBTED and way.if_true == "eligible":
        if_open = "to_confirm"
    else:
        if_open = "unknown" if truth is Truth.UNKNOWN else way.if_true
    return ("closed" if way.closed else if_open), if_open, way


def _rank(decided: _Decided) -> tuple[bool, int, int]:
    return hope(Decision(decided[0], decided[1]))


def full(
    needs: NeedColumns, candidates: Sequence[Candidate], now: datetime
) -> Mapping[UUID, Mapping[UUID, MatchState]]:
    """Return the match states of all offers, by need and by offer."""
    by_need: dict[UUID, dict[UUID, MatchState]] = {stored.id: {} for stored in needs.needs}
    for candidate in candidates:
        states = needs.states(candidate, now)
        for stored, state in zip(needs.needs, states, strict=True):
            if state is not None:
                by_need[stored.id][candidate.offer.id] = state
    return by_need
