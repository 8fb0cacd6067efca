"""The answer to a start-up's question: verdicts, order, reasons, next question."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import numpy as np

from aiff_contracts.offer import Kind
from aiff_contracts.sparing import spared
from aiff_matching.answers.domain.assessment import assess
from aiff_matching.answers.domain.counterfactuals import Counterfactual
from aiff_matching.answers.domain.criteria import Question
from aiff_matching.answers.domain.explanation import Explainer, Reasons
from aiff_matching.answers.domain.next_question import NextQuestion, next_question, waiting_of
from aiff_matching.answers.domain.ranking import Scored, score, weights_in_use
from aiff_matching.answers.domain.scan import Scan, scan
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.compute.domain.options import Option, Situation
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue
from aiff_matching.offers.domain.relevance import Vector, text_of
from aiff_matching.profiles.domain.facts import Known, size
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.profiles.domain.sizes import Size
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.rulebook import Truths
from aiff_matching.rules.domain.verdicts import VERDICTS

# The next question settles what is at the top; more offers than these say nothing new about it.
_MOST_UNDECIDED = 100


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

    @property
    def providers(self) -> Iterator[str]:
        """Return whose offers are shown, the first ones first."""
        return (match.scored.assessment.candidate.provider for match in self.matches)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: who, for what, of which kinds, with which weights, how many matches.

    `offers` narrows to these slugs or ids; empty means all offers.
    `embedding` is the sentence vector of the need's text, None where there is none. `by_verdict`
    arranges the same first matches by their verdicts.
    """

    profile: Profile
    need: Need
    kinds: frozenset[Kind]
    weights: Mapping[str, float]
    limit: int
    embedding: Vector | None = field(default=None, compare=False, repr=False)
    by_verdict: bool = False
    offers: frozenset[str] = frozenset()


def answer(asked: Asked, catalogue: Catalogue, gpus: GpuTable, now: datetime) -> Answer:
    """Judge every offer, order what remains, explain the first ones."""
    scan_result, detailed = _searched(asked, catalogue, gpus, now)
    matches, faulty = detailed.first(asked.limit, scan_result.rows)
    return Answer(
        matches=_grouped(matches) if asked.by_verdict else matches,
        verdicts=scan_result.counts(),
        hidden=_with_faulty(scan_result.hidden, faulty),
        question=_question(scan_result, detailed, asked.limit),
        weights=weights_in_use(asked.weights, detailed.question),
        evaluated_at=now,
        revision=catalogue.revision,
        size=size(asked.profile),
        degraded=_by_words_alone(asked, catalogue),
    )


def _with_faulty(hidden: Mapping[str, int], faulty: int) -> Mapping[str, int]:
    return {**hidden, "faulty": hidden.get("faulty", 0) + faulty} if faulty else hidden


def _grouped(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return the matches of like verdict together, in each group in the order of the answer."""
    return tuple(sorted(matches, key=_verdict_of))


def _verdict_of(match: Match) -> int:
    return VERDICTS.index(match.scored.assessment.decision.verdict)


GroupOf = Callable[[Candidate], Hashable | None]


@dataclass(frozen=True, slots=True)
class Shortlists:
    """The first offers of each group in the order of the answer, and what is known and asked."""

    groups: Mapping[Hashable, tuple[Match, ...]]
    known: Known
    question: NextQuestion | None
    degraded: bool


def shortlists(
    asked: Asked, catalogue: Catalogue, gpus: GpuTable, now: datetime, group_of: GroupOf
) -> Shortlists:
    """Judge and order all offers, and explain the first `asked.limit` of each group.

    `group_of` names the group of an offer, None for one that is not wanted.
    """
    scan_result, detailed = _searched(asked, catalogue, gpus, now)
    rows: defaultdict[Hashable, list[int]] = defaultdict(list)
    for row in scan_result.rows.tolist():
        group = group_of(catalogue.candidates[row])
        if group is not None and len(rows[group]) < asked.limit:
            rows[group].append(row)
    return Shortlists(
        {group: detailed.first(asked.limit, first)[0] for group, first in rows.items()},
        detailed.known,
        _question(scan_result, detailed, asked.limit),
        _by_words_alone(asked, catalogue),
    )


def match_with(
    asked: Asked, candidate: Candidate, catalogue: Catalogue, gpus: GpuTable, now: datetime
) -> Match:
    """Judge and explain one offer, whatever the need leaves out."""
    return _detailed(asked, catalogue, gpus, now).match(candidate.row)


def _searched(
    asked: Asked, catalogue: Catalogue, gpus: GpuTable, now: datetime
) -> tuple[Scan, "_Detailed"]:
    detailed = _detailed(asked, catalogue, gpus, now)
    kinds = asked.kinds or asked.need.wanted_kinds()
    judged = (catalogue, detailed.truths, detailed.known, detailed.question, kinds, asked.weights)
    if not asked.offers:
        return scan(*judged), detailed
    rows = catalogue.rows_of(asked.offers)
    found = scan(*judged, rows=np.fromiter(rows.values(), np.intp, len(rows)))
    absent = len(asked.offers) - len(rows)
    hidden = {**found.hidden, "not_published": absent} if absent else found.hidden
    return replace(found, hidden=hidden), detailed


def _detailed(asked: Asked, catalogue: Catalogue, gpus: GpuTable, now: datetime) -> "_Detailed":
    situation = Situation.of(asked.need.compute, gpus, now)
    known = Known.of(asked.profile, asked.need, situation.today, catalogue.aid)
    asker = (asked.profile, asked.need)
    compared = (catalogue.texts, asked.embedding, catalogue.experience)
    question = Question.of(asker, known.facts, situation, *compared)
    return _Detailed(catalogue, known, question, asked.weights, catalogue.truths(known))


def _by_words_alone(asked: Asked, catalogue: Catalogue) -> bool:
    compared = asked.embedding is not None and catalogue.texts.has_embeddings
    return bool(text_of(asked.need).strip()) and not compared


@dataclass(frozen=True, slots=True)
class _Detailed:
    """Judges single rows with all that the explanation needs."""

    catalogue: Catalogue
    known: Known
    question: Question
    weights: Mapping[str, float]
    truths: Truths

    def scored(self, row: int) -> Scored:
        """Return one row with its verdict, its checks and the parts of its score."""
        candidate = self.catalogue.candidates[row]
        own = own_truths(candidate, self.truths)
        item = assess(candidate, own, self.known, self.question.situation)
        return score(item, self.question, self.weights)

    def match(self, row: int) -> Match:
        """Return one row explained."""
        return self._explained(row, Explainer(self.known, self.catalogue.titles))

    def first(self, most: int, rows: Iterable[int]) -> tuple[tuple[Match, ...], int]:
        """Return the first rows explained, and how many could not be."""
        explainer, faulty = Explainer(self.known, self.catalogue.titles), 0
        matches: list[Match] = []
        for row in rows:
            if len(matches) == most:
                break
            slug = self.catalogue.candidates[row].offer.slug
            match = spared("explaining", slug, partial(self._explained, row, explainer), None)
            if match is None:
                faulty += 1
            else:
                matches.append(match)
        return tuple(matches), faulty

    def _explained(self, row: int, explainer: Explainer) -> Match:
        return _explained(self.scored(row), explainer)


def own_truths(candidate: Candidate, truths: Truths) -> tuple[Truth, ...]:
    """Return the truths of one candidate's gates, in their order."""
    end = candidate.place + 1 + len(candidate.modes)
    return tuple(Truth(int(value)) for value in truths[candidate.place : end])


def _explained(item: Scored, explainer: Explainer) -> Match:
    assessment = item.assessment
    explained = explainer.explain(assessment.gate, assessment.checks, assessment.conditions)
    return Match(
        scored=item,
        reasons=explained.reasons,
        counterfactuals=explained.counterfactuals,
        options=tuple(explained_option(option, explainer) for option in assessment.options),
    )


def explained_option(option: Option, explainer: Explainer) -> ExplainedOption:
    """Return an option with the points that its verdict rests on."""
    explained = explainer.explain(option.gate, option.checks, option.conditions)
    return ExplainedOption(option, explained.reasons, explained.counterfactuals)


def _question(scan_result: Scan, detailed: _Detailed, top: int) -> NextQuestion | None:
    known = detailed.known
    ways = scan_result.ways[scan_result.undecided(top, _MOST_UNDECIDED)]
    waits = waiting_of(detailed.catalogue, scan_result.cases, ways, known)
    return next_question(waits, known.facts)
