"""From the domain's partner side to the interface's."""

from aiff_matching.answers.domain.explanation import VERDICT_SENTENCES
from aiff_matching.answers.entrypoints.http.presenting import contribution_view
from aiff_matching.introductions.domain import consent
from aiff_matching.introductions.entrypoints.http.presenting import consent_view
from aiff_matching.introductions.entrypoints.http.schemas import WordingView
from aiff_matching.partners.application.searches import FoundStartUps, Pair
from aiff_matching.partners.domain.discoverability import (
    FOUND_FIELDS,
    FOUND_WORDING,
    Discoverability,
    View,
)
from aiff_matching.partners.domain.finding import INTEREST_WEIGHTS, Requirement
from aiff_matching.partners.domain.searches import StoredSearch
from aiff_matching.partners.entrypoints.http.schemas import (
    DiscoverabilityView,
    FoundStartUpView,
    FoundView,
    InterestView,
    OwnSideView,
    RequirementView,
    SearchView,
    ViewedBy,
    ViewsView,
)
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.bilingual import text

_NO_NEED = text("La start-up ne montre aucun besoin.", "The start-up shows no need.")
_NO_OFFER = text(
    "Aucune de vos offres ne répond à ce qu'elle montre de son besoin.",
    "None of your offers answers what it shows of its need.",
)


def discoverability_view(item: Discoverability) -> DiscoverabilityView:
    """Return a start-up's consents as its owner sees them."""
    current = item.consent
    return DiscoverabilityView(
        found=current is not None,
        fields=current.fields if current else (),
        consents=tuple(map(consent_view, item.consents)),
        wording=WordingView(FOUND_WORDING.version, FOUND_WORDING.text),
        known_fields=FOUND_FIELDS,
    )


def views_view(views: tuple[View, ...]) -> ViewsView:
    """Return who saw a start-up."""
    return ViewsView(
        tuple(
            ViewedBy(view.organisation, view.times, view.first_at, view.last_at) for view in views
        )
    )


def search_view(item: StoredSearch) -> SearchView:
    """Return a search as it is sent."""
    return SearchView(item.id, item.version, item.created_at, item.updated_at, item.search)


def found_view(startups: FoundStartUps) -> FoundView:
    """Return the answer to a search."""
    return FoundView(
        items=tuple(
            _startup(pair, place, startups.seats) for place, pair in enumerate(startups.pairs)
        ),
        counts={"matching": startups.matching, "to_confirm": startups.to_confirm},
        left_out=startups.left_out,
        weights=dict(INTEREST_WEIGHTS),
        evaluated_at=startups.evaluated_at,
    )


def _startup(pair: Pair, place: int, seats: int | None) -> FoundStartUpView:
    startup, both = pair.found, pair.reciprocal
    parts = tuple(map(contribution_view, pair.interest.contributions))
    return FoundStartUpView(
        startup_id=startup.startup_id,
        need_id=startup.need_id,
        state="matching" if pair.interest.truth is Truth.TRUE else "to_confirm",
        profile=consent.shown(startup.applicant.profile, consent.PROFILE, startup.fields),
        need=consent.shown(startup.applicant.need, consent.NEED, startup.fields)
        if startup.need_id
        else {},
        requirements=tuple(map(_requirement, pair.interest.requirements)),
        interest=InterestView(round(pair.interest.score, 6), parts),
        startup_side=_own_side(pair),
        reciprocal_score=None if both is None else round(both, 6),
        has_seat=None if seats is None else place < seats,
    )


def _requirement(requirement: Requirement) -> RequirementView:
    is_met = requirement.truth is Truth.TRUE
    return RequirementView(
        requirement.code, requirement.sentence, "met" if is_met else "to_confirm", requirement.known
    )


def _own_side(pair: Pair) -> OwnSideView:
    if pair.offer is None:
        sentence = _NO_NEED if pair.found.need_id is None else _NO_OFFER
        return OwnSideView(None, None, None, sentence)
    item = pair.offer.scored
    verdict = item.assessment.decision.verdict
    score = None if pair.own is None else round(pair.own, 6)
    return OwnSideView(score, item.slug, verdict, VERDICT_SENTENCES[verdict])
