"""From the domain's answer to the interface's."""

from collections.abc import Mapping
from datetime import datetime
from math import isinf

from aiff_contracts.labels import label_of
from aiff_contracts.offer import IntakeStatus, Moment
from aiff_contracts.offer.intake import next_deadline
from aiff_matching.answers.domain.counterfactuals import Change, Counterfactual
from aiff_matching.answers.domain.explanation import VERDICT_SENTENCES, Reason, Reasons
from aiff_matching.answers.domain.matching import Answer, ExplainedOption, Match
from aiff_matching.answers.domain.next_question import NextQuestion
from aiff_matching.answers.domain.ranking import Contribution
from aiff_matching.answers.entrypoints.http.schemas import (
    Action,
    AmountView,
    AnswerView,
    ChangeView,
    ChoiceView,
    ContributionView,
    CostView,
    CounterfactualView,
    CutOffView,
    HiddenView,
    MatchView,
    OfferView,
    OptionView,
    QuestionView,
    QuotaView,
    RangeView,
    ReasonsView,
    ReasonView,
    SizeView,
)
from aiff_matching.compute.domain.costs import Cost
from aiff_matching.compute.domain.units import Quantity
from aiff_matching.offers.domain.catalogue import Candidate
from aiff_matching.profiles.domain.size_words import size_sentences
from aiff_matching.profiles.domain.sizes import SIZES, Size
from aiff_matching.rules.domain.verdicts import VERDICTS, Verdict
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

_HIDDEN = {
    "not_federated": text(
        "Fédération : proposée aux travaux déclarés répartissables (can_be_federated)",
        "Federation: offered to jobs declared to be spread over machines (can_be_federated)",
    ),
    "other_kind": text("D'une autre nature que demandée", "Of another kind than asked for"),
    "not_published": text("Aucune offre publiée de ce nom", "No published offer of this name"),
    "sovereignty_unknown": text("Souveraineté non établie", "Sovereignty not established"),
    "sovereignty_not_met": text(
        "Exigence de souveraineté non remplie", "Sovereignty requirement not met"
    ),
    "dilutive": text("Uniquement dilutive", "Dilutive only"),
    "faulty": text(
        "Fiche qui n'a pas pu être évaluée ; l'équipe en est avertie",
        "Listing that could not be judged; the team has been told",
    ),
    "instrument": text("Autre instrument que demandé", "Another instrument than asked for"),
}
_ACTIONS: dict[IntakeStatus, Action] = {
    "open": "apply",
    "opens_soon": "prepare",
    "by_recommendation": "seek_recommendation",
    "unknown": "ask",
    "closed": "watch",
}


def answer_view(answer: Answer) -> AnswerView:
    """Return what is sent for an answer."""
    return AnswerView(
        items=tuple(_match(match, answer.evaluated_at) for match in answer.matches),
        counts={verdict: answer.verdicts.get(verdict, 0) for verdict in VERDICTS},
        hidden=hidden_views(answer.hidden),
        next_question=_question(answer.question) if answer.question else None,
        company_size=_size(answer.size),
        weights=dict(answer.weights),
        evaluated_at=answer.evaluated_at,
        catalogue_revision=answer.revision,
        degraded=answer.degraded,
    )


def _question(asked: NextQuestion) -> QuestionView:
    words = {code: label_of(asked.attribute, code) for code in asked.choices}
    choices = tuple(ChoiceView(code, text(*labels)) for code, labels in words.items())
    return QuestionView(asked.attribute, asked.question, choices, asked.unit, asked.concerns)


def hidden_views(counts: Mapping[str, int]) -> tuple[HiddenView, ...]:
    """Return what is left out, and why."""
    counted = sorted((reason, count) for reason, count in counts.items() if count)
    return tuple(HiddenView(reason, count, _HIDDEN[reason]) for reason, count in counted)


def _match(match: Match, now: datetime) -> MatchView:
    assessment = match.scored.assessment
    decision = assessment.decision
    return MatchView(
        offer=offer_view(assessment.candidate),
        verdict=decision.verdict,
        if_open=decision.if_open,
        sentence=VERDICT_SENTENCES[decision.verdict],
        intake_status=assessment.status,
        deadline=_deadline(match, now),
        action=action_of(decision.verdict, decision.if_open, assessment.status),
        score=round(match.scored.score, 6),
        contributions=tuple(map(contribution_view, match.scored.contributions)),
        reasons=reasons_view(match.reasons),
        counterfactuals=tuple(map(counterfactual_view, match.counterfactuals)),
        options=tuple(map(option_view, match.options)),
        components=assessment.components,
    )


def _deadline(match: Match, now: datetime) -> CutOffView | None:
    own = next_deadline(match.scored.assessment.candidate.offer.intake, now)
    ahead = [own, *(explained.option.cut_off for explained in match.options)]
    first = min(filter(None, ahead), key=Moment.end, default=None)
    return cut_off_view(first) if first else None


def offer_view(candidate: Candidate) -> OfferView:
    """Return which offer it is."""
    offer = candidate.offer
    return OfferView(
        id=offer.id,
        slug=offer.slug,
        kind=offer.kind,
        title=offer.title,
        summary=offer.summary,
        provider=candidate.provider_name,
        url=offer.url,
        version=offer.version,
    )


def action_of(verdict: Verdict, if_open: Verdict, status: IntakeStatus) -> Action:
    """Return what to do about an offer now."""
    if if_open == "not_eligible":
        return "none"
    return "watch" if verdict == "closed" else _ACTIONS[status]


def option_view(explained: ExplainedOption) -> OptionView:
    """Return an option with its reasons."""
    option, mode = explained.option, explained.option.mode
    return OptionView(
        id=mode.id if mode else None,
        name=mode.name if mode else None,
        programme=mode.programme if mode else None,
        verdict=option.decision.verdict,
        if_open=option.decision.if_open,
        intake_status=option.status,
        next_cut_off=cut_off_view(option.cut_off) if option.cut_off else None,
        amount=amount_view(option.amount),
        quota=QuotaView(mode.minimum, mode.maximum, mode.unbounded) if mode else None,
        durations_months=mode.durations_months if mode else None,
        delay=mode.delay if mode else None,
        earliest_start=option.earliest_start,
        cost=cost_view(option.cost),
        reasons=reasons_view(explained.reasons),
        counterfactuals=tuple(map(counterfactual_view, explained.counterfactuals)),
    )


def cut_off_view(moment: Moment) -> CutOffView:
    """Return a closing or cut-off."""
    return CutOffView(moment.on, moment.at.isoformat() if moment.at else None, moment.timezone)


def amount_view(amount: Quantity | None) -> AmountView | None:
    """Return an amount in its programme's own unit."""
    if amount is None:
        return None
    low, high = amount.range.low, amount.range.high
    upper = None if isinf(high) else round(high, 2)
    said = amount.rests_on.sentence if amount.rests_on else None
    return AmountView(amount.unit, round(low, 2), upper, amount.estimated, said)


def cost_view(cost: Cost) -> CostView:
    """Return a cost; unknown stays null."""
    low, high = (None if value is None else str(value) for value in (cost.low, cost.high))
    return CostView(cost.basis, low, high, cost.currency, cost.note)


def contribution_view(part: Contribution) -> ContributionView:
    """Return a part of a score as it is sent."""
    value, added = round(part.value, 4), round(part.contribution, 6)
    return ContributionView(part.criterion, value, part.weight, added, part.known)


def reasons_view(reasons: Reasons) -> ReasonsView:
    """Return the points of an explanation."""
    return ReasonsView(
        passing=tuple(map(_reason, reasons.passing)),
        failing=tuple(map(_reason, reasons.failing)),
        unknown=tuple(map(_reason, reasons.unknown)),
        conditions=reasons.conditions,
    )


def _reason(reason: Reason) -> ReasonView:
    return ReasonView(
        code=reason.code,
        attribute=reason.attribute,
        sentence=reason.sentence,
        op=reason.op,
        limit=reason.limit,
        value=reason.value,
        gap=reason.gap,
        source=reason.source,
        alternative=reason.alternative,
    )


def counterfactual_view(counterfactual: Counterfactual) -> CounterfactualView:
    """Return what would change a refusal."""
    return CounterfactualView(
        sentence=counterfactual.sentence,
        complete=counterfactual.complete,
        changes=tuple(map(_change, counterfactual.changes)),
    )


def _change(change: Change) -> ChangeView:
    return ChangeView(change.attribute, change.op, change.limit, change.from_day)


def _size(size: Size) -> SizeView | None:
    """Return the size class, None where no answer narrows it."""
    if not size.known:
        return None
    totals = size.totals
    return SizeView(
        classes=tuple(name for name in SIZES if name in size.classes),
        headcount=_range(totals.headcount),
        turnover_eur=_range(totals.turnover),
        balance_sheet_eur=_range(totals.balance),
        steps=size_sentences(size),
    )


def _range(span: Between) -> RangeView:
    return RangeView(span.low, None if isinf(span.high) else span.high)
