"""How well a start-up, as far as it let itself be known, meets what a partner looks for.

A requirement that fails leaves the start-up out; one about which nothing is known leaves it to
confirm. The partner's interest is a weighted mean of criteria in [0, 1] whose parts are shown.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aiff_contracts.days import day_en, day_fr
from aiff_contracts.offer import Text
from aiff_kit.text import terms_in
from aiff_matching.answers.domain.ranking import NEUTRAL, Contribution, in_order
from aiff_matching.introductions.domain.dossiers import Applicant
from aiff_matching.offers.domain.relevance import text_of
from aiff_matching.partners.domain.searches import Capacity, PartnerSearch
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.wording import value_text
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.proofs import Comparison, trace
from aiff_matching.shared.bilingual import number_en, number_fr, text
from aiff_matching.shared.intervals import Between, between

# How close a need's words are to those of the search, in [0, 1]; None where nothing is told.
Closeness = Callable[[str], float | None]
# Chosen on the even half of the judged searches of `bench/judged`.
INTEREST_WEIGHTS: Mapping[str, float] = {
    "text": 6.0,
    "requirements": 2.0,
    "kind": 1.0,
    "capacity": 1.0,
}


@dataclass(frozen=True, slots=True)
class Findable:
    """One need of a start-up that may be found, reduced to the consented fields.

    `need_id` None: the start-up has no need, or shows nothing of it.
    """

    startup_id: UUID
    need_id: UUID | None
    applicant: Applicant
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement beside what the start-up says about it (None: nothing)."""

    code: str
    sentence: Text
    truth: Truth
    known: Text | None = None


@dataclass(frozen=True, slots=True)
class Interest:
    """The partner's side: what holds, what is open, the score with its parts."""

    truth: Truth
    requirements: tuple[Requirement, ...]
    score: float
    contributions: tuple[Contribution, ...]


def interest(
    search: PartnerSearch, findable: Findable, today: date, closeness: Closeness
) -> Interest:
    """Judge a start-up's need for a search on a day."""
    requirements = tuple(_requirements(search, findable.applicant, today))
    values = dict(_values(search, closeness(text_of(findable.applicant.need)), requirements))
    total = in_order(INTEREST_WEIGHTS[name] for name in values) or 1.0
    parts = tuple(_part(name, value, total) for name, value in values.items())
    truth = min((requirement.truth for requirement in requirements), default=Truth.TRUE)
    return Interest(truth, requirements, in_order(part.contribution for part in parts), parts)


def _requirements(
    search: PartnerSearch, applicant: Applicant, today: date
) -> Iterator[Requirement]:
    facts = Known.of(applicant.profile, applicant.need, today).facts
    for rule in search.requirements():
        proof = trace(rule, facts)
        for comparison in (*proof.passing, *proof.failing, *proof.unknown):
            yield _requirement(comparison)
    yield from _of_kinds(search, applicant)
    if search.capacity is not None:
        yield from _of_capacity(search.capacity, applicant)


def _requirement(comparison: Comparison) -> Requirement:
    leaf, known = comparison.leaf, comparison.fact
    said = None if known is None else value_text(known, leaf.attribute)
    sentence = text(leaf.label_fr, leaf.label_en)
    if comparison.negated:
        sentence = text(f"Pas : {leaf.label_fr}", f"Not: {leaf.label_en}")
    return Requirement(leaf.attribute, sentence, comparison.truth, said)


def _of_kinds(search: PartnerSearch, applicant: Applicant) -> Iterator[Requirement]:
    if search.kinds is None:
        return
    wanted = applicant.need.wanted_kinds()
    truth = Truth(2 * (not wanted.isdisjoint(search.kinds))) if wanted else Truth.UNKNOWN
    names = ", ".join(search.kinds)
    said = text(*[", ".join(sorted(wanted))] * 2) if wanted else None
    yield Requirement("kind", text(f"Besoin de : {names}", f"Needs: {names}"), truth, said)


def _of_capacity(capacity: Capacity, applicant: Applicant) -> Iterator[Requirement]:
    job = applicant.need.compute
    if capacity.gpu_hours is not None:
        hours = None if job is None or job.gpu_hours is None else between(job.gpu_hours)
        yield _hours(capacity.gpu_hours, hours)
    if capacity.begins is not None or capacity.ends is not None:
        yield _period(capacity, job.start if job else None)


def _hours(most: float, asked: Between | None) -> Requirement:
    sentence = text(f"Au plus {number_fr(most)} heures GPU", f"At most {number_en(most)} GPU hours")
    if asked is None:
        return Requirement("gpu_hours", sentence, Truth.UNKNOWN)
    truth = Truth.TRUE if asked.high <= most else Truth.UNKNOWN
    if asked.low > most:
        truth = Truth.FALSE
    return Requirement("gpu_hours", sentence, truth, _span(asked))


def _span(asked: Between) -> Text:
    return text(
        f"{number_fr(asked.low)} heures GPU au moins",
        f"{number_en(asked.low)} GPU hours or more",
    )


def _period(capacity: Capacity, start: date | None) -> Requirement:
    first, last = capacity.begins, capacity.ends
    from_fr, from_en = (f" dès le {day_fr(first)}", f" from {day_en(first)}") if first else ("", "")
    to_fr, to_en = (f" avant le {day_fr(last)}", f" by {day_en(last)}") if last else ("", "")
    sentence = text(f"Début{from_fr}{to_fr}", f"Start{from_en}{to_en}")
    if start is None:
        return Requirement("start", sentence, Truth.UNKNOWN)
    # Who wants to begin earlier can still begin with the period.
    truth = Truth(2 * (last is None or start <= last))
    return Requirement("start", sentence, truth, text(day_fr(start), day_en(start)))


def _values(
    search: PartnerSearch, close: float | None, requirements: tuple[Requirement, ...]
) -> Iterator[tuple[str, float | None]]:
    """Yield the criteria that the search asks about, None where nothing is known."""
    if search.description:
        yield "text", close
    by_criterion = {"kind": ("kind",), "capacity": ("gpu_hours", "start")}
    own = {code for codes in by_criterion.values() for code in codes}
    stated = [requirement for requirement in requirements if requirement.code not in own]
    if stated:
        yield "requirements", sum(requirement.truth / 2 for requirement in stated) / len(stated)
    for name, codes in by_criterion.items():
        truths = [requirement.truth for requirement in requirements if requirement.code in codes]
        if truths:
            yield name, None if min(truths) is Truth.UNKNOWN else min(truths) / 2


def overlap(wanted: str, told: str) -> float | None:
    """Return the share of the search's words that a need has too, None where one says nothing."""
    asked, own = set(terms_in(wanted)), set(terms_in(told))
    return len(asked & own) / len(asked) if asked and own else None


def _part(name: str, value: float | None, total: float) -> Contribution:
    used, weight = NEUTRAL if value is None else value, INTEREST_WEIGHTS[name]
    return Contribution(name, used, weight, used * weight / total, value is not None)
