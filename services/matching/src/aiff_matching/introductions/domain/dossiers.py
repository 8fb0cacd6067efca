"""What is kept of a match with a request: for the start-up all of it, for the provider its share.

The provider's share is worked out from the consented fields alone, so that nothing else can be
read off a reason or a part of a score.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiff_contracts.codec import dump, dump_json, parse
from aiff_matching.answers.domain.explanation import Reasons
from aiff_matching.answers.domain.matching import Match
from aiff_matching.answers.domain.ranking import Contribution
from aiff_matching.introductions.domain import consent
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A verdict with its reasons and the parts of the score, as they were at an instant.

    `offer_version` names the version of the rules; `catalogue_revision` that of all offers.
    """

    verdict: Verdict
    if_open: Verdict
    reasons: Reasons
    score: float
    contributions: tuple[Contribution, ...]
    offer_version: int
    catalogue_revision: int
    evaluated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that a provider sees of a start-up.

    `profile` and `need` hold the consented fields (null: unknown), `evidence` follows from them
    alone. `verdict` is that on all answers, where the start-up agreed to show it.
    """

    message: str
    contact: str | None
    profile: dict[str, Any]
    need: dict[str, Any]
    evidence: Evidence
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a start-up tells the provider itself."""

    message: str
    contact: str | None


@dataclass(frozen=True, slots=True)
class Applicant:
    """A start-up's profile and need."""

    profile: Profile
    need: Need

    def redacted(self, names: tuple[str, ...]) -> "Applicant":
        """Return both as somebody sees them who knows these fields alone."""
        return Applicant(*consent.redacted(self.profile, self.need, names))

    @property
    def snapshot_hash(self) -> str:
        """Name exactly this profile and need; only their owner may see it.

        Few values can be guessed from a hash by trying them all.
        """
        parts = (dump_json(self.profile), dump_json(self.need))
        return hashlib.sha256(b"\n".join(parts)).hexdigest()


def evidence_of(match: Match, revision: int, now: datetime) -> Evidence:
    """Return what is kept of a match, in the form in which it is read back."""
    decision = match.scored.assessment.decision
    made = Evidence(
        verdict=decision.verdict,
        if_open=decision.if_open,
        reasons=match.reasons,
        score=match.scored.score,
        contributions=match.scored.contributions,
        offer_version=match.scored.assessment.candidate.offer.version,
        catalogue_revision=revision,
        evaluated_at=now,
    )
    return parse(Evidence, dump(made))


def dossier(
    applicant: Applicant, told: Told, names: tuple[str, ...], own: Evidence, shared: Evidence
) -> Dossier:
    """Return the provider's share.

    `own` is the evidence on all answers, `shared` that on the consented fields.
    """
    return Dossier(
        message=told.message,
        contact=told.contact if consent.CONTACT in names else None,
        profile=consent.shown(applicant.profile, consent.PROFILE, names),
        need=consent.shown(applicant.need, consent.NEED, names),
        evidence=shared,
        verdict=own.verdict if consent.VERDICT in names else None,
    )
