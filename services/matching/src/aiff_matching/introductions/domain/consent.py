"""Consent, field by field: what the provider of an offer may see of a start-up, and since when.

What is not named is not shown, nor is anything that was worked out from it: `redacted` gives the
profile and the need as they look to somebody who knows the consented fields alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from aiff_contracts.codec import Fault, dump
from aiff_contracts.offer import Text
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.bilingual import text

PROFILE, NEED = "profile.", "need."
CONTACT = "contact"
VERDICT = "match.verdict"
FIELDS: tuple[str, ...] = (
    *(f"{PROFILE}{field.name}" for field in fields(Profile)),
    *(f"{NEED}{field.name}" for field in fields(Need)),
    CONTACT,
    VERDICT,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words to which somebody consents, with their version."""

    version: str
    text: Text


# A new wording gets a new version: a consent stays tied to the words that were read.
WORDING = Wording(
    "2026-11-1",
    text(
        "J'accepte que l'organisme qui propose cette offre voie mon message et les champs que j'ai"
        " choisis, et rien d'autre ; si ma demande est refusée ou reste sans réponse, les"
        " curateurs d'AI Factory France les voient aussi pour m'aider. Je peux retirer cet accord"
        " à tout moment : ils ne sont alors plus montrés.",
        "I agree that the organisation that provides this offer sees my message and the fields"
        " that I chose, and nothing else; if my request is refused or stays without an answer,"
        " the curators of AI Factory France see them too, to help me. I can withdraw this consent"
        " at any time: they are then no longer shown.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Who agreed when to which fields, in which words, and when it was taken back."""

    fields: tuple[str, ...]
    wording: str
    given_by: str
    given_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None

    def taken_back(self, by: str, at: datetime) -> "Consent":
        """Return the consent as it is after somebody took it back; once is for ever."""
        if self.withdrawn_at is not None:
            return self
        return replace(self, withdrawn_by=by, withdrawn_at=at)


def faults_of_fields(names: Iterable[str]) -> list[Fault]:
    """Return a fault for each name that is no field."""
    return [
        Fault(f"/fields/{place}", "unknown_field", f"{name!r} is no field; see `known_fields`")
        for place, name in enumerate(names)
        if name not in FIELDS
    ]


def redacted(profile: Profile, need: Need, names: Collection[str]) -> tuple[Profile, Need]:
    """Return both with the consented fields only; what is left out is unknown."""
    return (
        replace(Profile(), **_chosen(profile, PROFILE, names)),
        replace(Need(), **_chosen(need, NEED, names)),
    )


def shown(item: Profile | Need, prefix: str, names: Collection[str]) -> dict[str, Any]:
    """Return the JSON-like values of the consented fields; null is unknown."""
    values: dict[str, Any] = dump(item)
    return {name: value for name, value in values.items() if f"{prefix}{name}" in names}


def _chosen(item: Profile | Need, prefix: str, names: Collection[str]) -> dict[str, Any]:
    return {
        field.name: getattr(item, field.name)
        for field in fields(item)
        if f"{prefix}{field.name}" in names
    }
