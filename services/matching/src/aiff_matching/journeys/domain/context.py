"""What a journey is planned in: the question, the offers, the day, and the aid planned so far."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from aiff_contracts.offer import FundingComponent, FundingDetails
from aiff_matching.answers.domain.matching import (
    Asked,
    Match,
    Shortlists,
    match_with,
    shortlists,
)
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.compute.domain.options import Situation
from aiff_matching.funding.domain.amounts import minimum
from aiff_matching.journeys.domain.stages import (
    KINDS,
    Role,
    Stage,
    is_next_phase,
    role_of,
    suits_country,
    suits_maturity,
    suits_place,
    suits_stage,
)
from aiff_matching.journeys.domain.steps import Choice
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue
from aiff_matching.profiles.domain.aid import PriorAid
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.intervals import Interval

# The choices that are explained for each role: the step, its alternatives, what comes nearest.
_A_ROLE = 8


@dataclass(frozen=True, slots=True)
class JourneyContext:
    """The question and everything that it is answered from; `granted` is aid of earlier steps."""

    asked: Asked
    catalogue: Catalogue
    gpus: GpuTable
    now: datetime
    granted: tuple[PriorAid, ...] = ()

    @property
    def today(self) -> date:
        """Return the day in Paris."""
        return Situation.of(None, self.gpus, self.now).today

    def deadline(self, stage: Stage) -> date | None:
        """Return the day by which the need wants a stage to have begun."""
        need = self.asked.need
        if stage == "fund":
            return need.funding.needed_by if need.funding else None
        wanted = need.compute.start if need.compute else None
        return wanted if stage == "build_and_test" else None

    def having(self, granted: Iterable[PriorAid]) -> "JourneyContext":
        """Return the context in which more aid was granted."""
        return replace(self, granted=(*self.granted, *granted))

    def with_profile(self, profile: Profile) -> "JourneyContext":
        """Return the context in which the company has changed."""
        return replace(self, asked=replace(self.asked, profile=profile))

    def shortlists(self) -> Shortlists:
        """Return the first choices of each role, suiting the company's stage."""
        kinds = frozenset(self.asked.need.kinds or KINDS)
        asked = replace(self.asked, kinds=kinds, limit=_A_ROLE)
        return shortlists(asked, self.catalogue, self.gpus, self.now, self.role_of)

    def judged(self, row: int) -> Match:
        """Return one offer judged as if the aid of earlier steps had been granted."""
        profile = self.asked.profile
        had = (*(profile.prior_aid or ()), *self.granted)
        asked = replace(self.asked, profile=replace(profile, prior_aid=had))
        candidate = self.catalogue.candidates[row]
        return match_with(asked, candidate, self.catalogue, self.gpus, self.now)

    def role_of(self, candidate: Candidate) -> Role | None:
        """Return what an offer may do for this company, None where it is for others."""
        offer, profile = candidate.offer, self.asked.profile
        suits = (suits_stage, suits_maturity, suits_country, suits_place)
        if is_next_phase(offer, profile) or not all(test(offer, profile) for test in suits):
            return None
        return role_of(offer, self.asked.need)


def choice_of(match: Match, role: Role) -> Choice:
    """Return a matched offer as a choice."""
    assessment = match.scored.assessment
    return Choice(
        key=match.scored.slug,
        role=role,
        candidate=assessment.candidate,
        decision=assessment.decision,
        status=assessment.status,
        intake=assessment.gate.intake,
        reasons=match.reasons,
        counterfactuals=match.counterfactuals,
        score=match.scored.score,
        match=match,
    )


def aid_of(choice: Choice, project: str | None, day: date) -> PriorAid | None:
    """Return a funding step as aid that was granted; amounts are what the offer publishes."""
    details = choice.offer.details
    if not isinstance(details, FundingDetails):
        return None
    return PriorAid(
        offer=choice.offer.slug,
        amount_eur=_amount(choice.components),
        granted_on=day,
        de_minimis=details.stacking.de_minimis,
        project=project,
    )


def _amount(parts: tuple[FundingComponent, ...]) -> Interval | None:
    """Return what the parts may pay together in EUR, None where a ceiling is unknown."""
    ceilings = [part.maximum for part in parts]
    amounts = [
        ceiling.amount for ceiling in ceilings if ceiling is not None and ceiling.currency == "EUR"
    ]
    if not parts or len(amounts) < len(parts):
        return None
    low = min(minimum(part) or 0.0 for part in parts)
    return Interval(min=low, max=float(sum(amounts)))
