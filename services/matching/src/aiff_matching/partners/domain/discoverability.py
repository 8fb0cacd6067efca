"""Whether partners may find a start-up, and what of it they then see: nothing unless it agreed.

Consent is given field by field, in words with a version, and taken back at once. The fields are
those of the profile and of the needs; what follows from them follows from them alone.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from aiff_contracts.codec import Fault
from aiff_matching.introductions.domain.consent import (
    CONTACT,
    FIELDS,
    VERDICT,
    Consent,
    Wording,
)
from aiff_matching.shared.bilingual import text

FOUND_FIELDS: tuple[str, ...] = tuple(name for name in FIELDS if name not in {CONTACT, VERDICT})
FOUND_WORDING = Wording(
    "2026-11-1",
    text(
        "J'accepte que les organismes partenaires qui cherchent des start-ups trouvent la mienne"
        " et voient les champs que j'ai choisis, et rien d'autre. Je vois qui l'a vue, et je peux"
        " retirer cet accord à tout moment : elle n'est alors plus trouvée.",
        "I agree that partner organisations that look for start-ups find mine and see the fields"
        " that I chose, and nothing else. I see who has seen it, and I can withdraw this consent"
        " at any time: it is then no longer found.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discoverability:
    """The consents of one start-up to be found, oldest first; the last one counts."""

    startup_id: UUID
    tenant: str
    consents: tuple[Consent, ...] = ()

    @property
    def consent(self) -> Consent | None:
        """Return the consent in force."""
        last = self.consents[-1] if self.consents else None
        return last if last is not None and last.withdrawn_at is None else None

    def consenting(self, given: Consent) -> "Discoverability":
        """Return it with a consent in the place of the one in force, which ends."""
        ended = self.without_consent(given.given_by, given.given_at)
        return replace(ended, consents=(*ended.consents, given))

    def without_consent(self, by: str, at: datetime) -> "Discoverability":
        """Return it with every consent taken back."""
        return replace(
            self, consents=tuple(consent.taken_back(by, at) for consent in self.consents)
        )


@dataclass(frozen=True, slots=True)
class View:
    """An organisation to which a start-up was shown, how often, and when first and last."""

    organisation: str
    times: int
    first_at: datetime
    last_at: datetime


def faults_of_found_fields(names: tuple[str, ...]) -> list[Fault]:
    """Return a fault for each name that is no field by which a start-up can be found."""
    return [
        Fault(f"/fields/{place}", "unknown_field", f"{name!r} is no field; see `known_fields`")
        for place, name in enumerate(names)
        if name not in FOUND_FIELDS
    ]
