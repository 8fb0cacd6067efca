"""The cases of authors: profiles with the verdict that they should get."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from aiff_contracts.codec import Faults, parse
from aiff_contracts.offer.authoring import EligibilityCase
from aiff_matching.answers.domain.assessment import assess
from aiff_matching.answers.domain.matching import own_truths
from aiff_matching.compute.domain.gpus import GpuTable
from aiff_matching.compute.domain.options import Situation
from aiff_matching.offers.domain.catalogue import Candidate, Catalogue
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile

_PARIS = ZoneInfo("Europe/Paris")
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case gave: the verdict found, or why the case cannot be run."""

    case: EligibilityCase
    found: str

    @property
    def holds(self) -> bool:
        """Tell whether the author's expectation is met."""
        return self.found == self.case.verdict


def run_cases(
    slug: str, cases: Iterable[EligibilityCase], catalogue: Catalogue, gpus: GpuTable
) -> Iterator[CaseResult]:
    """Yield the result of each case of an offer, judged among its whole catalogue.

    The verdict is the one while applications are taken, so that a calendar changes nothing.
    """
    candidates: Mapping[str, Candidate] = {
        candidate.offer.slug: candidate for candidate in catalogue.candidates
    }
    for case in cases:
        try:
            judged = _judged(candidates[slug], case, catalogue, gpus)
        except Faults as error:
            judged = f"not a profile and need: {error}"
        yield CaseResult(case, judged)


def _judged(
    candidate: Candidate, case: EligibilityCase, catalogue: Catalogue, gpus: GpuTable
) -> str:
    profile, need = parse(Profile, case.profile), parse(Need, case.need or {})
    situation = Situation.of(need.compute, gpus, _noon(case.asked_on))
    known = Known.of(profile, need, situation.today, catalogue.aid)
    truths = own_truths(candidate, catalogue.truths(known))
    return assess(candidate, truths, known, situation).decision.if_open


def _noon(day: date) -> datetime:
    return datetime.combine(day, _NOON, _PARIS)
