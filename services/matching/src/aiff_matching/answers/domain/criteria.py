"""The criteria of the score: small pure functions to [0, 1], None where nothing is known.

They order the offers of an answer and never change a verdict.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import log10
from uuid import UUID

from aiff_contracts.codec import dump
from aiff_contracts.offer import (
    ComputeDetails,
    ExpertiseDetails,
    FundingDetails,
    IncubationDetails,
    IntakeStatus,
    Kind,
    OfferDocument,
    SupportQuality,
    TrainingDetails,
)
from aiff_contracts.territory import canonical_or_none
from aiff_kit.text import terms_in
from aiff_matching.answers.domain.assessment import Assessment
from aiff_matching.compute.domain.costs import Cost
from aiff_matching.compute.domain.gpus import REFERENCE_MODEL
from aiff_matching.compute.domain.options import Situation
from aiff_matching.compute.domain.workloads import hours_of
from aiff_matching.experience.domain import NO_EXPERIENCE, Experience, Sketch, traits_of
from aiff_matching.funding.domain import amounts as funding
from aiff_matching.offers.domain.relevance import Shares, TextIndex, Vector, text_of
from aiff_matching.profiles.domain.facts import Facts, Places
from aiff_matching.profiles.domain.need import Need, TrainingNeed
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import containing
from aiff_matching.rules.domain.verdicts import Verdict

_MOST_GPUS = 10_000
_PRICE_IN_THE_MIDDLE_EUR = 3.0
_DELAY_IN_THE_MIDDLE_DAYS = 30
_QUICK_REPLY_HOURS = 24
_DAYS_A_YEAR = 365
_INTAKE = {"open": 1.0, "opens_soon": 0.5, "by_recommendation": 0.3, "closed": 0.0}
_BASIS = {"free": 1.0, "conditional": 0.7, "priced": 0.4, "on_quote": 0.3}
# What can be had counts more; a refusal stands last whatever its score.
VERDICT_VALUES: Mapping[Verdict, float] = {
    "eligible": 1.0, "to_confirm": 0.83, "unknown": 0.67, "closed": 0.0, "not_eligible": 0.0,
}  # fmt: skip
_AVAILABLE = {"open": 1.0, "scarce": 0.4, "closed": 0.0}
_CLOSENESS = {"COM": 1.0, "DEP": 0.95, "REG": 0.9, "EU": 0.5, "EU-ASSOCIATED": 0.45, "WORLD": 0.4}
_COUNTRY_CLOSENESS = 0.7
# Words that name a kind of offer in a free text, before stemming.
_KIND_WORDS: dict[Kind, str] = {
    "compute": "gpu calcul compute supercalculateur supercomputer cloud h100 a100 cluster hpc "
    "entraînement pretraining fine-tuning inference serveur",
    "funding": "financement subvention prêt fonds levée capital grant loan funding equity "
    "investment bourse avance crédit aide money argent",
    "training": "formation cours apprendre former training course learn workshop atelier mooc",
    "incubation": "incubateur accélérateur incubator accelerator incubation programme cohorte",
    "expertise": "expertise conseil accompagnement support juridique legal audit advice expert",
    # Whoever trains a model on data does not ask for one: these words name other kinds of need.
    "resource": "dataset corpus benchmark documentation guide library bibliothèque logiciel",
    "network": "réseau partenaire network partner consortium cluster antenne factory",
}
_KIND_STEMS = {kind: frozenset(terms_in(words)) for kind, words in _KIND_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Question:
    """A profile and a need with what the criteria derive from them once."""

    profile: Profile
    need: Need
    facts: Facts
    situation: Situation
    asked: frozenset[str]
    relevance: Shares | None
    history: Mapping[UUID, float] | None = None
    over_exposed: frozenset[str] = frozenset()

    @property
    def silent(self) -> frozenset[str]:
        """Return the criteria that have nothing to say yet: they take no part."""
        says = {
            "text": self.relevance is not None,
            "history": self.history is not None,
            "exposure": bool(self.over_exposed),
        }
        return frozenset(name for name, speaks in says.items() if not speaks)

    @classmethod
    def of(
        cls,
        asker: tuple[Profile, Need],
        facts: Facts,
        situation: Situation,
        texts: TextIndex,
        embedding: Vector | None,
        experience: Experience = NO_EXPERIENCE,
    ) -> "Question":
        """Compare the words and the meaning of the need with all offers once."""
        profile, need = asker
        read = texts.reader.read(text_of(need))
        asked = frozenset(read.terms)
        says_something = asked or embedding is not None
        relevance = texts.relevance(read, embedding) if says_something else None
        history = None
        if experience.past:
            history = experience.history(Sketch(traits_of(dump(profile), dump(need)), asked))
        told = (profile, need, facts, situation, asked, relevance)
        return cls(*told, history, experience.over_exposed)


Criterion = Callable[[Assessment, Question], float | None]
# A criterion that reads nothing of an offer's verdict.
OfferCriterion = Callable[[OfferDocument, Question], float | None]


def text_relevance(item: Assessment, question: Question) -> float | None:
    """How well the offer's texts answer the question's, beside those of all other offers."""
    if question.relevance is None:
        return None
    return float(question.relevance[item.candidate.row])


def verdict(item: Assessment, _question: Question) -> float | None:
    """How sure it is that the offer can be had."""
    return VERDICT_VALUES[item.decision.verdict]


def ratings(item: Assessment, _question: Question) -> float | None:
    """How good start-ups called the support after an introduction; see `RatingSum.share`."""
    rating = item.candidate.rating
    return rating.share if rating else None


def history(item: Assessment, question: Question) -> float | None:
    """How much more this offer helped those whose need is most alike; see `Experience.history`."""
    return (question.history or {}).get(item.candidate.offer.id)


def exposure(item: Assessment, question: Question) -> float | None:
    """Whether the provider is shown no more than its share; see `over_exposed`."""
    return float(item.candidate.provider not in question.over_exposed)


def kind_fit(offer: OfferDocument, question: Question) -> float | None:
    """Whether the offer is of a kind that the need names, describes or mentions."""
    wanted = question.need.wanted_kinds()
    mentioned = {kind for kind, words in _KIND_STEMS.items() if words & question.asked}
    kinds = wanted or mentioned
    if not kinds:
        return None
    return 1.0 if offer.kind in kinds else 0.2


def need_fit(item: Assessment, question: Question) -> float | None:
    """How well amounts, hardware, level or language meet what the need asks for."""
    details, need = item.candidate.offer.details, question.need
    values = [check.truth / 2 for check in item.checks]
    if isinstance(details, FundingDetails) and need.funding is not None:
        share = funding.fit(item.components, need.funding)
        values += [] if share is None else [share]
    if isinstance(details, TrainingDetails) and need.training is not None:
        values += _training(details, item.candidate.offer.languages, need.training)
    if isinstance(details, ExpertiseDetails) and need.expertise is not None:
        values += _topics(details.topics, need.expertise.topics)
    if isinstance(details, IncubationDetails) and need.incubation and need.incubation.remote_ok:
        values += [] if details.modality is None else [float(details.modality != "on_site")]
    return sum(values) / len(values) if values else None


def stage(offer: OfferDocument, question: Question) -> float | None:
    """Whether the offer is for the company's stage."""
    offered = offer.stages
    incubation = question.need.incubation
    own = question.profile.stage or (incubation.stage if incubation else None)
    if offered is None or own is None:
        return None
    if "any" in offered:
        return 0.7
    return float(own in offered)


def sector(offer: OfferDocument, question: Question) -> float | None:
    """Whether the offer is for one of the company's sectors."""
    offered, own = offer.sectors, set(question.profile.sectors or ())
    own |= {"ai"} if question.profile.ai_company else set()
    own |= {"deeptech"} if question.profile.deeptech else set()
    if offered is None or not own:
        return None
    if "any" in offered:
        return 0.6
    return float(not own.isdisjoint(offered))


def territory(offer: OfferDocument, question: Question) -> float | None:
    """How close the offer is: one for a city's own offer, less for a country's or Europe's."""
    offered, own = offer.territories, question.facts.get("sites")
    if offered is None or not isinstance(own, Places):
        return None
    around = frozenset().union(*(containing(code) for code in own.codes))
    codes = {canonical_or_none(code) for code in offered} - {None}
    return max((_closeness(str(code)) for code in codes if code in around), default=0.0)


def gpus(offer: OfferDocument, question: Question) -> float | None:
    """How many GPUs the offer has, on a logarithmic scale, and whether they are free now."""
    details = offer.details
    if not isinstance(details, ComputeDetails):
        return None
    count = details.gpu.count if details.gpu else details.joint_gpus_minimum
    size = min(1.0, log10(1 + count) / log10(_MOST_GPUS)) if count else None
    seen = [
        _AVAILABLE[fact.state]
        for fact in details.availability
        if fact.state in _AVAILABLE
        and (fact.expires_at is None or fact.expires_at > question.situation.now)
    ]
    known = [value for value in (size, max(seen, default=None)) if value is not None]
    return sum(known) / len(known) if known else None


def support(offer: OfferDocument, question: Question) -> float | None:
    """Share of the observable facts about support that are stated and good."""
    facts = offer.support
    if facts is None:
        return None
    facts_of_support = list(_support_facts(facts, question.profile.state or "FR"))
    return sum(facts_of_support) / len(facts_of_support)


def delay(item: Assessment, question: Question) -> float | None:
    """How soon it can begin: by the earliest start where one is known, else by the intake."""
    start = item.options[0].earliest_start if item.options else None
    return soon(start, item.status, question.situation.today)


def soon(start: date | None, status: IntakeStatus, today: date) -> float | None:
    """Return how soon a day is, else how soon an intake lets somebody in."""
    if start is not None:
        return 1 / (1 + (start - today).days / _DELAY_IN_THE_MIDDLE_DAYS)
    return _INTAKE.get(status)


def cost(item: Assessment, question: Question) -> float | None:
    """How cheap it is: free is one; a price is compared per H100-equivalent hour."""
    if not item.options:
        return _BASIS.get(item.candidate.offer.pricing.basis)
    return cheap(item.options[0].cost, question.situation)


def cheap(told: Cost, situation: Situation) -> float | None:
    """Return how cheap the hours of the work are at what they cost."""
    price = _price_per_reference_hour(told, situation)
    if price is not None:
        return 1 / (1 + price / _PRICE_IN_THE_MIDDLE_EUR)
    return _BASIS.get(told.basis)


def freshness(offer: OfferDocument, question: Question) -> float | None:
    """How recently a source said so; an overdue review halves it."""
    today = question.situation.today
    days = [(today - source.as_of).days for source in offer.sources if source.as_of]
    if not days:
        return None
    value = max(0.0, min(1.0, 1 - min(days) / _DAYS_A_YEAR))
    return value / 2 if offer.review_by is not None and offer.review_by < today else value


def _training(
    details: TrainingDetails, languages: tuple[str, ...] | None, need: TrainingNeed
) -> list[float]:
    values = _topics(details.topics, need.topics)
    if need.level is not None and details.levels is not None:
        values.append(float(need.level in details.levels))
    if need.language is not None and languages is not None:
        values.append(float(need.language in languages))
    if need.modality is not None and details.modality is not None:
        values.append(float(details.modality in {need.modality, "hybrid"}))
    return values


def _topics(offered: tuple[str, ...], asked: tuple[str, ...]) -> list[float]:
    wanted = set(terms_in(" ".join(asked)))
    if not wanted or not offered:
        return []
    return [len(wanted & set(terms_in(" ".join(offered)))) / len(wanted)]


def _closeness(code: str) -> float:
    return _CLOSENESS.get(code, _CLOSENESS.get(code.split("-", maxsplit=1)[0], _COUNTRY_CLOSENESS))


def _support_facts(facts: SupportQuality, country: str) -> Iterator[float]:
    spoken = set(facts.languages or ())
    yield float(bool(spoken & ({"fr"} if country == "FR" else {"en"})))
    yield float(bool(facts.channels))
    hours = facts.first_reply_hours
    yield 0.0 if hours is None else float(hours <= _QUICK_REPLY_HOURS)
    yield float(bool(facts.engineer_hours_included))
    yield float(bool(facts.named_advisor))
    yield float(bool(facts.application_help))
    yield float(bool(facts.training_sessions))


def _price_per_reference_hour(told: Cost, situation: Situation) -> float | None:
    euros, work = told.euros(), situation.work
    if euros is None or work is None or told.basis == "conditional":
        return None
    hours = hours_of(work, REFERENCE_MODEL, situation.gpus)
    return euros.low / hours.low if hours and hours.low > 0 else None
