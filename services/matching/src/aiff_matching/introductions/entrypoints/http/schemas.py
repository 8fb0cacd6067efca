"""Introductions as the interface accepts and shows them, to each side what is its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from annotated_types import MaxLen, MinLen

from aiff_contracts.events import IntroductionState
from aiff_contracts.language import Strict
from aiff_contracts.offer import Kind, Text
from aiff_matching.introductions.domain.dossiers import Dossier, Evidence
from aiff_matching.introductions.domain.ratings import Rating
from aiff_matching.introductions.domain.refusals import Author, RefusalReason

Reference = Annotated[str, MinLen(2), MaxLen(80)]
Fields = Annotated[tuple[Annotated[str, MaxLen(80)], ...], MaxLen(100)]
Message = Annotated[str, MinLen(1), MaxLen(4000)]
Contact = Annotated[str, MinLen(3), MaxLen(300)]
Version = Annotated[str, MaxLen(40)]
Why = Literal["refused", "expired", "unanswered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionDraft(Strict):
    """What would be sent. `fields` names what the provider may see: `profile.headcount`,
    `need.title`, `contact`, `match.verdict`; what is not named stays hidden.
    """  # noqa: D205

    need_id: UUID
    offer: Reference
    message: Message
    contact: Contact | None = None
    fields: Fields = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionRequest(IntroductionDraft):
    """A request, with the version of the consent's wording that was read."""

    wording: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRequest(Strict):
    """Which fields the provider may see from now on, in the place of those before."""

    fields: Fields
    wording: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRequest(Strict):
    """Why the request is declined; `offer` names one that could help instead."""

    reason: RefusalReason
    explanation: Annotated[str, MaxLen(2000)] | None = None
    offer: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementRequest(Strict):
    """What a curator tells the start-up, with offers that could help."""

    note: Annotated[str, MinLen(3), MaxLen(2000)]
    offers: Annotated[tuple[Reference, ...], MaxLen(10)] = ()


@dataclass(frozen=True, slots=True)
class WordingView:
    """The words to which the start-up consents."""

    version: str
    text: Text


@dataclass(frozen=True, slots=True)
class PreviewView:
    """Exactly what the provider would see, the words of the consent, and all names of fields."""

    shared: Dossier
    wording: WordingView
    known_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedOfferView:
    """The offer that was asked for, as it was called then."""

    id: UUID
    slug: str
    kind: Kind
    title: Text
    provider: str


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One consent: to which fields, in which words, from when until when."""

    fields: tuple[str, ...]
    wording: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class RefusalView:
    """Why a request was declined."""

    reason: RefusalReason
    sentence: Text
    explanation: str | None


@dataclass(frozen=True, slots=True)
class ProposalView:
    """An offer that could help instead, and who proposes it."""

    offer_id: UUID
    slug: str
    title: Text
    by: Author


@dataclass(frozen=True, slots=True)
class SettlementView:
    """What a curator wrote."""

    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IntroductionStepView:
    """One thing that happened, by whose side.

    `adviser` is the id of the person who acted for the start-up without belonging to it.
    """

    action: str
    role: str
    state: IntroductionState
    at: datetime
    reason: str | None
    adviser: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionView:
    """A request as its owner sees it: `evidence` on all answers, `shared` what the provider sees.

    `snapshot_hash` names exactly the profile and the need from which the evidence was made.
    """

    id: UUID
    version: int
    state: IntroductionState
    offer: AskedOfferView
    startup_id: UUID
    need_id: UUID
    requested_at: datetime
    updated_at: datetime
    message: str
    contact: str | None
    evidence: Evidence
    snapshot_hash: str
    consents: tuple[ConsentView, ...]
    shared: Dossier | None
    refusal: RefusalView | None
    proposals: tuple[ProposalView, ...]
    settlement: SettlementView | None
    rating: Rating | None
    history: tuple[IntroductionStepView, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedView:
    """A request as the provider sees it; `shared` is null while no consent holds.

    `reminders` counts those that became due since `waiting_since`.
    """

    id: UUID
    version: int
    state: IntroductionState
    offer: AskedOfferView
    requested_at: datetime
    updated_at: datetime
    waiting_since: datetime
    reminders: int
    shared: Dossier | None
    refusal: RefusalView | None
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayView:
    """A request that was refused by all or taken by none, as curators see it."""

    id: UUID
    version: int
    state: IntroductionState
    why: Why
    offer: AskedOfferView
    requested_at: datetime
    updated_at: datetime
    shared: Dossier | None
    refusal: RefusalView | None
    proposals: tuple[ProposalView, ...]
    settlement: SettlementView | None


@dataclass(frozen=True, slots=True)
class IntroductionPage:
    """A page of the caller's requests."""

    items: tuple[IntroductionView, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """A page of the requests to the caller's organisation."""

    items: tuple[ReceivedView, ...]
    next: str | None
    prev: str | None


@dataclass(frozen=True, slots=True)
class TrayPage:
    """A page of the curators' tray."""

    items: tuple[TrayView, ...]
    next: str | None
    prev: str | None
