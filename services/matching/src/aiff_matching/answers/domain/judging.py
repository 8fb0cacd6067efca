"""Each distinct way into an offer judged once, and remembered where it does not depend on who asks.

If all computable rules of a way hold, its verdict depends on the need's part for its kind of
offer, on the day, and on what opened or closed by then. Only the ceilings of some aids read the
profile. What is remembered is judged for nobody, so that nothing of a profile can enter it.
"""

from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np

from aiff_contracts.offer import Kind
from aiff_contracts.sparing import spared
from aiff_matching.answers.domain import criteria
from aiff_matching.answers.domain.assessment import REASON_NUMBERS, Hidden, assess_way, hidden
from aiff_matching.answers.domain.criteria import OfferCriterion, Question
from aiff_matching.answers.domain.judged import NEVER, Floats, Judged
from aiff_matching.answers.domain.ways_by_parts import judge_by_parts
from aiff_matching.compute.domain.options import Situation
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue
from aiff_matching.offers.domain.columns import Parts
from aiff_matching.offers.domain.moves import Ints
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.verdicts import VERDICTS

OF_ITEM = {"fit": criteria.need_fit, "delay": criteria.delay, "cost": criteria.cost}
# Criteria that read nothing of a question but its instant.
OF_TIME = frozenset(("freshness", "gpus"))
_NOBODY = Profile()


def judged(
    catalogue: Catalogue, known: Known, question: Question, kinds: frozenset[Kind]
) -> Judged:
    """Judge all cases of these kinds (all where empty); the others keep values nobody reads."""
    columns = catalogue.columns
    result = Judged.blank(len(columns.cases.examples))
    for number, kind in enumerate(columns.kinds):
        if kinds and kind not in kinds:
            continue
        of_kind = columns.case_kind == number
        common = np.flatnonzero(of_kind & ~columns.reads_profile)
        result.put(common, _common(catalogue, kind, common, question))
        own = np.flatnonzero(of_kind & columns.reads_profile)
        result.put(own, _judge(catalogue, own, known, question))
    return result


def _common(catalogue: Catalogue, kind: Kind, cases: Ints, question: Question) -> Judged:
    """Return the cases of a kind that are the same for everybody with the same need."""
    need, situation = _need_of(kind, question.need), question.situation
    # The table is compared by identity: it is loaded once, and holding it keeps the id its own.
    key = (kind, need, *_time(catalogue, situation), id(situation.gpus))

    def make() -> tuple[object, Judged]:
        if kind == "compute":
            return situation.gpus, judge_by_parts(catalogue, cases, situation)
        plain = replace(situation, need=None, work=None)
        known = Known(_NOBODY, need, situation.today, {})
        return situation.gpus, _judge(catalogue, cases, known, _of_nobody(need, plain))

    common: Judged = catalogue.remembered.get(key, make)[1]
    return common


def of_time(
    catalogue: Catalogue, name: str, criterion: OfferCriterion, question: Question
) -> Floats:
    """Return the values of a criterion of OF_TIME for all its distinct parts."""
    situation, parts = replace(question.situation, need=None, work=None), catalogue.columns.criteria
    asker, every = _of_nobody(Need(), situation), np.arange(len(parts[name].examples))
    values: Floats = catalogue.remembered.get(
        (name, *_time(catalogue, situation)),
        lambda: of_parts(catalogue, parts[name], every, criterion, asker),
    )
    return values


def of_parts(
    catalogue: Catalogue, parts: Parts, wanted: Ints, criterion: OfferCriterion, question: Question
) -> Floats:
    """Return the values of a criterion for the wanted ones of its distinct parts, NaN elsewhere."""
    values = np.full(len(parts.examples), np.nan)
    for part in wanted:
        offer = catalogue.candidates[parts.examples[part]].offer
        value = spared("a criterion", offer.slug, partial(criterion, offer, question), None)
        values[part] = np.nan if value is None else value
    return values


def _of_nobody(need: Need, situation: Situation) -> Question:
    return Question(_NOBODY, need, {}, situation, frozenset(), None)


def _time(catalogue: Catalogue, situation: Situation) -> tuple[date, int]:
    return situation.today, catalogue.columns.period(situation.now)


def _need_of(kind: Kind, need: Need) -> Need:
    """Return the need's part for one kind, without what is said in words."""
    match kind:
        case "compute":
            return Need(compute=need.compute)
        case "funding":
            funding = replace(need.funding, purpose=None) if need.funding else None
            return Need(funding=funding)
        case "training":
            return Need(training=need.training)
        case "incubation":
            return Need(incubation=need.incubation)
        case "expertise":
            return Need(expertise=need.expertise)
        case _:
            return Need()


def _judge(catalogue: Catalogue, cases: Ints, known: Known, question: Question) -> Judged:
    """Judge an example of each of these cases."""
    columns, result = catalogue.columns, Judged.blank(len(cases))
    for place, way in enumerate(columns.cases.examples[cases].tolist()):
        candidate, number = catalogue.way(way)
        judge = partial(_judge_one, result, place, (candidate, number), known, question)
        reason = spared("judging", candidate.offer.slug, judge, "faulty")
        if reason is not None:
            result.reasons[place] = REASON_NUMBERS[reason]
    return result


def _judge_one(
    result: Judged, place: int, way: tuple[Candidate, int], known: Known, question: Question
) -> Hidden | None:
    """Put one way at its place; return the reason where its offer is not shown."""
    candidate, number = way
    reason = hidden(candidate, known.need, question.situation)
    if reason is not None:
        return reason
    item = assess_way(candidate, number, known, question.situation)
    start = item.options[0].earliest_start if item.options else None
    found = {name: criterion(item, question) for name, criterion in OF_ITEM.items()}
    result.if_true[place] = VERDICTS.index(item.decision.if_open)
    result.closed[place] = item.decision.verdict == "closed"
    result.starts[place] = NEVER if start is None else start.toordinal()
    result.waits[place] = frozenset(filter(None, (check.awaited for check in item.checks)))
    for name, value in found.items():
        result.values[name][place] = np.nan if value is None else value
    return None
