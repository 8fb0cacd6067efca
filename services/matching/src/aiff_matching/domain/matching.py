"""The answer to a start-up's question: verdicts, order, reasons, next question."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aiff_contracts.offer import Kind
from aiff_contracts.rules import Rule
from aiff_matching.domain.assessment import Assessment, assess, hidden
from aiff_matching.domain.catalogue import Candidate, Catalogue
from aiff_matching.domain.counterfactuals import Counterfactual, Names, counterfactuals
from aiff_matching.domain.criteria import Question
from aiff_matching.domain.explanation import Reasons, explain
from aiff_matching.domain.facts import Facts, Known, size
from aiff_matching.domain.gpus import GpuTable
from aiff_matching.domain.need import Need
from aiff_matching.domain.next_question import NextQuestion, next_question, undecided
from aiff_matching.domain.options import Option, Situation
from aiff_matching.domain.profile import Profile
from aiff_matching.domain.ranking import Scored, ranked, score
from aiff_matching.domain.relevance import Vector, text_of
from aiff_matching.domain.rulebook import Truths
from aiff_matching.domain.rules import Trace, Truth, trace
from aiff_matching.domain.sizes import Size

_PROVEN = Trace(Truth.TRUE)


@dataclass(frozen=True, slots=True)
class ExplainedOption:
    """An option with its reasons."""

    option: Option
    reasons: Reasons
    counterfactuals: tuple[Counterfactual, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """One offer of the answer, explained."""

    scored: Scored
    reasons: Reasons
    counterfactuals: tuple[Counterfactual, ...]
    options: tuple[ExplainedOption, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The first matches, how many offers got which verdict, what is hidden and why.

    `size` is the company's size class, which is derived.
    `degraded` says that texts were compared by their words alone.
    """

    matches: tuple[Match, ...]
    verdicts: Mapping[str, int]
    hidden: Mapping[str, int]
    question: NextQuestion | None
    weights: Mapping[str, float]
    evaluated_at: datetime
    revision: int
    size: Size
    degraded: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: who, for what, of which kinds, with which weights, how many matches.

    `meaning` is the sentence vector of the need's text, None where there is none.
    """

    profile: Profile
    need: Need
    kinds: frozenset[Kind]
    weights: Mapping[str, float]
    limit: int
    meaning: Vector | None = field(default=None, compare=False, repr=False)


def answer(asked: Asked, catalogue: Catalogue, gpus: GpuTable, now: datetime) -> Answer:
    """Judge every offer, order what remains, explain the first ones."""
    situation = Situation.of(asked.need.compute, gpus, now)
    known = Known.of(asked.profile, asked.need, situation.today)
    shown, left_out = _judged(asked, catalogue, known, situation)
    asker = (asked.profile, asked.need)
    question = Question.of(asker, known.facts, situation, catalogue.texts, asked.meaning)
    ranking = ranked(score(item, question, asked.weights) for item in shown)
    return Answer(
        matches=tuple(_explained(item, known, catalogue.titles) for item in ranking[: asked.limit]),
        verdicts=Counter(item.assessment.decision.verdict for item in ranking),
        hidden=left_out,
        question=_question(ranking, known.facts, asked.limit),
        weights=asked.weights,
        evaluated_at=now,
        revision=catalogue.revision,
        size=size(asked.profile),
        degraded=_by_words_alone(asked, catalogue),
    )


def _by_words_alone(asked: Asked, catalogue: Catalogue) -> bool:
    compared = asked.meaning is not None and catalogue.texts.has_meanings
    return bool(text_of(asked.need).strip()) and not compared


def _judged(
    asked: Asked, catalogue: Catalogue, known: Known, situation: Situation
) -> tuple[list[Assessment], Counter[str]]:
    truths = catalogue.truths(known.facts)
    shown: list[Assessment] = []
    left_out: Counter[str] = Counter()
    for candidate in catalogue.candidates:
        reason = _left_out(candidate, asked, situation)
        if reason is not None:
            left_out[reason] += 1
            continue
        own = own_truths(candidate, truths)
        shown.append(assess(candidate, own, known, situation))
    return shown, left_out


def _left_out(candidate: Candidate, asked: Asked, situation: Situation) -> str | None:
    kinds = asked.kinds or asked.need.wanted_kinds()
    if kinds and candidate.offer.kind not in kinds:
        return "other_kind"
    return hidden(candidate, asked.need, situation)


def own_truths(candidate: Candidate, truths: Truths) -> tuple[Truth, ...]:
    """Return the truths of one candidate's gates, in their order."""
    end = candidate.place + 1 + len(candidate.modes)
    return tuple(Truth(int(value)) for value in truths[candidate.place : end])


def _explained(item: Scored, known: Known, names: Names) -> Match:
    assessment = item.assessment
    rule, checks = assessment.gate.rule, assessment.checks
    proof = _proof(rule, known.facts)
    return Match(
        scored=item,
        reasons=explain(proof, checks, assessment.conditions, names),
        counterfactuals=tuple(counterfactuals(rule, proof, checks, known, names)),
        options=tuple(explained_option(option, known, names) for option in assessment.options),
    )


def explained_option(option: Option, known: Known, names: Names) -> ExplainedOption:
    """Return an option with the points that its verdict rests on."""
    rule, checks = option.gate.rule, option.checks
    proof = _proof(rule, known.facts)
    return ExplainedOption(
        option=option,
        reasons=explain(proof, checks, option.conditions, names),
        counterfactuals=tuple(counterfactuals(rule, proof, checks, known, names)),
    )


def _proof(rule: Rule | None, facts: Facts) -> Trace:
    return _PROVEN if rule is None else trace(rule, facts)


def _question(ranking: list[Scored], facts: Facts, top: int) -> NextQuestion | None:
    missing = {item.slug: _missing(item, facts) for item in undecided(ranking, top)}
    return next_question(ranking, missing, facts, top)


def _missing(item: Scored, facts: Facts) -> frozenset[str]:
    """Return what an undecided offer waits for, over all ways into it that are undecided."""
    assessment = item.assessment
    proof = _proof(assessment.gate.rule, facts)
    blocking = {
        check.attribute
        for check in assessment.checks
        if check.blocking and check.attribute and check.truth is Truth.UNKNOWN
    }
    return frozenset({evidence.leaf.attribute for evidence in proof.unknown} | blocking)
