"""From an introduction to what each side sees of it."""

from collections.abc import Mapping

from aiff_contracts.events import IntroductionState
from aiff_matching.introductions.domain.consent import FIELDS, WORDING, Consent
from aiff_matching.introductions.domain.dossiers import Dossier
from aiff_matching.introductions.domain.introductions import (
    HELPED,
    Introduction,
    moves_open_to,
)
from aiff_matching.introductions.domain.refusals import REFUSAL_REASONS, Refusal
from aiff_matching.introductions.entrypoints.http.schemas import (
    AskedOfferView,
    ConsentView,
    IntroductionStepView,
    IntroductionView,
    PreviewView,
    ProposalView,
    ReceivedView,
    RefusalView,
    SettlementView,
    TrayView,
    Why,
    WordingView,
)

_WHY: Mapping[IntroductionState, Why] = {"declined": "refused", "expired": "expired"}


def preview_view(shared: Dossier) -> PreviewView:
    """Return what the provider would see, with what the start-up has to know to agree."""
    return PreviewView(shared, WordingView(WORDING.version, WORDING.text), FIELDS)


def own_view(item: Introduction) -> IntroductionView:
    """Return a request as its owner sees it."""
    return IntroductionView(
        id=item.id,
        version=item.version,
        state=item.state,
        offer=_offer(item),
        startup_id=item.startup_id,
        need_id=item.need_id,
        requested_at=item.requested_at,
        updated_at=item.updated_at,
        message=item.told.message,
        contact=item.told.contact,
        evidence=item.evidence,
        snapshot_hash=item.snapshot_hash,
        consents=tuple(map(consent_view, item.consents)),
        shared=item.shared,
        refusal=_refusal(item.refusal),
        proposals=_proposals(item),
        settlement=_settlement(item),
        rating=item.rating,
        history=_history(item),
        actions=_own_actions(item),
    )


def received_view(item: Introduction) -> ReceivedView:
    """Return a request as the provider sees it: of the start-up nothing but `shared`."""
    return ReceivedView(
        id=item.id,
        version=item.version,
        state=item.state,
        offer=_offer(item),
        requested_at=item.requested_at,
        updated_at=item.updated_at,
        waiting_since=item.waiting_since,
        reminders=item.reminders,
        shared=item.shared,
        refusal=_refusal(item.refusal),
        actions=moves_open_to(item, "partner"),
    )


def tray_view(item: Introduction) -> TrayView:
    """Return a request as curators see it: of the start-up nothing but `shared`."""
    return TrayView(
        id=item.id,
        version=item.version,
        state=item.state,
        why=_WHY.get(item.state, "unanswered"),
        offer=_offer(item),
        requested_at=item.requested_at,
        updated_at=item.updated_at,
        shared=item.shared,
        refusal=_refusal(item.refusal),
        proposals=_proposals(item),
        settlement=_settlement(item),
    )


def _offer(item: Introduction) -> AskedOfferView:
    offer = item.offer
    return AskedOfferView(offer.id, offer.slug, offer.kind, offer.title, offer.provider)


def consent_view(given: Consent) -> ConsentView:
    """Return a consent as its giver sees it."""
    return ConsentView(given.fields, given.wording, given.given_at, given.withdrawn_at)


def _refusal(refusal: Refusal | None) -> RefusalView | None:
    if refusal is None:
        return None
    return RefusalView(refusal.reason, REFUSAL_REASONS[refusal.reason], refusal.explanation)


def _proposals(item: Introduction) -> tuple[ProposalView, ...]:
    return tuple(
        ProposalView(proposal.offer_id, proposal.slug, proposal.title, proposal.by)
        for proposal in item.proposals
    )


def _settlement(item: Introduction) -> SettlementView | None:
    settlement = item.settlement
    return SettlementView(settlement.note, settlement.at) if settlement else None


def _history(item: Introduction) -> tuple[IntroductionStepView, ...]:
    return tuple(
        IntroductionStepView(
            step.action,
            step.role,
            step.state,
            step.at,
            step.reason,
            step.subject if step.adviser else None,
        )
        for step in item.steps
    )


def _own_actions(item: Introduction) -> tuple[str, ...]:
    rate = ("rate",) if item.state in HELPED and item.rating is None else ()
    consent = ("give_consent",) if item.is_open else ()
    hide = ("withdraw_consent",) if item.shared is not None else ()
    return (*moves_open_to(item, "startup"), *consent, *hide, *rate)
