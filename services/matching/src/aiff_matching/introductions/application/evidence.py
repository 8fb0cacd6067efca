"""Works out what an introduction rests on, for the start-up and for the provider."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from aiff_contracts.codec import Fault, Faults
from aiff_contracts.offer.intake import next_opening
from aiff_kit.clock import Clock
from aiff_matching.answers.application.queries import MatchQueries
from aiff_matching.answers.domain.matching import Asked, Match
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.introductions.domain.dossiers import (
    Applicant,
    Dossier,
    Evidence,
    Told,
    dossier,
    evidence_of,
)
from aiff_matching.introductions.domain.introductions import AskedOffer
from aiff_matching.introductions.domain.refusals import Author, Proposal
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue
from aiff_matching.shared.errors import ByRecommendationError, OfferClosedError

_PROPOSALS = 3
# Among the first of the answer, some may have been asked for already.
_LOOKED_AT = 100
_POSSIBLE = frozenset(("eligible", "to_confirm", "unknown"))


@dataclass(frozen=True, slots=True)
class Case:
    """An offer beside what a start-up tells of itself."""

    catalogue: Catalogue
    candidate: Candidate
    applicant: Applicant

    @property
    def offer(self) -> AskedOffer:
        """Return what is kept of the offer."""
        offer = self.candidate.offer
        return AskedOffer(offer.id, offer.slug, offer.kind, offer.title, self.candidate.provider)


class EvidenceQueries:
    """Judges offers for introductions; nothing is stored."""

    def __init__(self, matches: MatchQueries, clock: Clock) -> None:
        """Keep what answers questions, and the clock."""
        self._matches = matches
        self._clock = clock

    def case(self, applicant: Applicant, reference: str) -> Case:
        """Return the published offer beside the applicant; Faults where there is no such offer."""
        catalogue = self._matches.catalogue()
        return Case(catalogue, _published(catalogue, reference, "/offer"), applicant)

    def open_case(self, applicant: Applicant, reference: str) -> Case:
        """Return a case in which the offer may be asked for.

        Raises ByRecommendationError and OfferClosedError where that is not so.
        """
        case = self.case(applicant, reference)
        slug, offer = case.candidate.offer.slug, case.candidate.offer
        status = self._match(case).scored.assessment.status
        if status == "by_recommendation":
            raise ByRecommendationError(slug)
        if status == "closed":
            opening = next_opening(offer.intake, self._clock())
            raise OfferClosedError(slug, opening.on.isoformat() if opening else None)
        return case

    def evidence(self, case: Case) -> Evidence:
        """Return the verdict on all that the applicant tells."""
        return evidence_of(self._match(case), case.catalogue.revision, self._clock())

    def dossier(self, case: Case, told: Told, names: tuple[str, ...]) -> Dossier:
        """Return exactly what the provider sees when these fields are consented to."""
        seen = Case(case.catalogue, case.candidate, case.applicant.redacted(names))
        return dossier(case.applicant, told, names, self.evidence(case), self.evidence(seen))

    def next_best(self, applicant: Applicant, without: Collection[UUID]) -> tuple[Proposal, ...]:
        """Return the best offers that are open or unknown, leaving some out."""
        asked = Asked(applicant.profile, applicant.need, frozenset(), DEFAULT_WEIGHTS, _LOOKED_AT)
        candidates = [
            match.scored.assessment.candidate
            for match in self._matches.match(asked).matches
            if _possible(match)
        ]
        left = [candidate for candidate in candidates if candidate.offer.id not in without]
        return tuple(_proposal(candidate, "product") for candidate in left[:_PROPOSALS])

    def proposed(self, reference: str, pointer: str, by: Author) -> Proposal:
        """Return a published offer as somebody's proposal; Faults where there is none."""
        candidate = _published(self._matches.catalogue(), reference, pointer)
        return _proposal(candidate, by)

    def _match(self, case: Case) -> Match:
        applicant = case.applicant
        asked = Asked(applicant.profile, applicant.need, frozenset(), DEFAULT_WEIGHTS, 1)
        return self._matches.match_with(asked, case.candidate, case.catalogue)


def _published(catalogue: Catalogue, reference: str, pointer: str) -> Candidate:
    candidate = catalogue.find(reference)
    if candidate is None:
        detail = f"no published offer has the id or slug {reference!r}"
        raise Faults([Fault(pointer, "unknown_offer", detail)])
    return candidate


def _possible(match: Match) -> bool:
    assessment = match.scored.assessment
    asked_for = assessment.status != "by_recommendation"
    return assessment.decision.verdict in _POSSIBLE and asked_for


def _proposal(candidate: Candidate, by: Author) -> Proposal:
    return Proposal(candidate.offer.id, candidate.offer.slug, candidate.offer.title, by)
