"""Refusals: always with a reason, and with what could be had instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from aiff_contracts.codec import Fault, Faults
from aiff_contracts.offer import Text
from aiff_matching.shared.bilingual import text

Author = Literal["partner", "product", "curator"]
RefusalReason = Literal[
    "not_eligible",
    "out_of_scope",
    "no_capacity",
    "incomplete",
    "already_in_contact",
    "offer_ended",
    "other",
]
REFUSAL_REASONS: Mapping[RefusalReason, Text] = {
    "not_eligible": text(
        "Les conditions de l'offre ne sont pas remplies.", "The offer's conditions are not met."
    ),
    "out_of_scope": text(
        "Le projet n'entre pas dans l'objet de l'offre.", "The project is outside the offer's aim."
    ),
    "no_capacity": text("Plus de place en ce moment.", "No capacity left at the moment."),
    "incomplete": text(
        "Il manque des éléments pour traiter la demande.",
        "Something is missing to deal with the request.",
    ),
    "already_in_contact": text(
        "L'entreprise est déjà suivie par l'organisme.",
        "The company is already in contact with the organisation.",
    ),
    "offer_ended": text("L'offre n'est plus proposée.", "The offer has ended."),
    "other": text("Autre raison, expliquée.", "Another reason, explained."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request was declined; `explanation` is in the provider's words."""

    reason: RefusalReason
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer that could help instead, and who says so: the provider, the product, a curator."""

    offer_id: UUID
    slug: str
    title: Text
    by: Author


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a curator tells the start-up about a request that nobody took."""

    note: str
    at: datetime


def check_refusal(refusal: Refusal) -> None:
    """Raise Faults where "other" is not explained."""
    if refusal.reason == "other" and not (refusal.explanation or "").strip():
        detail = "say in `explanation` what the other reason is"
        raise Faults([Fault("/explanation", "required", detail)])
