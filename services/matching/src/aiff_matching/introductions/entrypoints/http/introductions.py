"""Introductions of the caller's start-ups: preview, ask, read, consent, withdraw, rate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from aiff_kit.auth import Principal
from aiff_kit.http import NoParameters, PageParameters, StrictRoute, match_version
from aiff_matching.introductions.application.introductions import (
    IntroductionCommands,
    Owner,
    Wish,
)
from aiff_matching.introductions.domain.dossiers import Told
from aiff_matching.introductions.domain.ratings import Rating
from aiff_matching.introductions.entrypoints.http.presenting import own_view, preview_view
from aiff_matching.introductions.entrypoints.http.schemas import (
    ConsentRequest,
    IntroductionDraft,
    IntroductionPage,
    IntroductionRequest,
    IntroductionView,
    PreviewView,
)
from aiff_matching.shared.http import RequestIntroductions, private_json
from aiff_matching.shared.provided import provided
from aiff_matching.shared.resources import Resource
from aiff_matching.shared.versions import Target

router = APIRouter(prefix="/v1", tags=["introductions"], route_class=StrictRoute)
INTRODUCTIONS = Resource("/v1/introductions", own_view, IntroductionView, IntroductionPage)
Introductions = Annotated[IntroductionCommands, provided(IntroductionCommands)]


@router.post(
    "/introductions:preview",
    responses={200: {"model": PreviewView}},
    dependencies=[NoParameters],
)
def preview_introduction(
    draft: IntroductionDraft, introductions: Introductions, principal: RequestIntroductions
) -> Response:
    """Return exactly what the provider would see, and the words to agree to; nothing is stored."""
    shared = introductions.preview(_wish(draft), principal.tenant)
    return private_json(preview_view(shared))


@router.post("/introductions", **INTRODUCTIONS.creates)
def request_introduction(
    wanted: IntroductionRequest,
    request: Request,
    introductions: Introductions,
    principal: RequestIntroductions,
) -> Response:
    """Ask the provider of an offer for help, showing the fields that are consented to."""
    return INTRODUCTIONS.created(
        request,
        principal,
        wanted,
        lambda: introductions.ask(_wish(wanted), wanted.wording, _owner(principal)),
    )


@router.get("/introductions", **INTRODUCTIONS.lists)
def list_introductions(
    request: Request,
    introductions: Introductions,
    principal: RequestIntroductions,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the caller's requests, oldest first."""
    return INTRODUCTIONS.page(
        request,
        parameters,
        lambda after, limit: introductions.page(principal.tenant, after, limit),
    )


@router.get("/introductions/{introduction_id}", **INTRODUCTIONS.reads)
def read_introduction(
    introduction_id: UUID,
    request: Request,
    introductions: Introductions,
    principal: RequestIntroductions,
) -> Response:
    """Return one of the caller's requests with its ETag."""
    target = Target(introduction_id, principal.tenant)
    return INTRODUCTIONS.shown(request, introductions.get(target))


@router.put("/introductions/{introduction_id}/consent", **INTRODUCTIONS.changes)
def give_consent(
    introduction_id: UUID,
    consent: ConsentRequest,
    request: Request,
    introductions: Introductions,
    principal: RequestIntroductions,
) -> Response:
    """Replace the consent: the provider sees these fields from now on, as they are today."""
    target, owner = _target(introduction_id, request, principal), _owner(principal)
    return INTRODUCTIONS.changed(
        introductions.consent(target, consent.fields, consent.wording, owner)
    )


@router.delete("/introductions/{introduction_id}/consent", **INTRODUCTIONS.changes)
def withdraw_consent(
    introduction_id: UUID,
    request: Request,
    introductions: Introductions,
    principal: RequestIntroductions,
) -> Response:
    """Hide from the provider all that was shown; the record that it was shown stays."""
    target = _target(introduction_id, request, principal)
    return INTRODUCTIONS.changed(introductions.withdraw_consent(target, _owner(principal)))


@router.post("/introductions/{introduction_id}/withdraw", **INTRODUCTIONS.changes)
def withdraw_introduction(
    introduction_id: UUID,
    request: Request,
    introductions: Introductions,
    principal: RequestIntroductions,
) -> Response:
    """Take a request back, with its consent."""
    target = _target(introduction_id, request, principal)
    return INTRODUCTIONS.changed(introductions.withdraw(target, _owner(principal)))


@router.put("/introductions/{introduction_id}/rating", **INTRODUCTIONS.changes)
def rate_introduction(
    introduction_id: UUID,
    rating: Rating,
    request: Request,
    introductions: Introductions,
    principal: RequestIntroductions,
) -> Response:
    """Rate the support after the provider has ended its work; given once."""
    target = _target(introduction_id, request, principal)
    return INTRODUCTIONS.changed(introductions.rate(target, rating, _owner(principal)))


def _wish(draft: IntroductionDraft) -> Wish:
    return Wish(
        need_id=draft.need_id,
        offer=draft.offer,
        told=Told(message=draft.message, contact=draft.contact),
        fields=draft.fields,
    )


def _owner(principal: Principal) -> Owner:
    return Owner(principal.tenant, principal.subject, principal.acting_for is not None)


def _target(introduction_id: UUID, request: Request, principal: Principal) -> Target:
    return Target(introduction_id, principal.tenant, match_version(request))
