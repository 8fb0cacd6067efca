"""Introductions of the caller's start-ups: preview, ask, read, consent, withdraw, rate."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from aiff_contracts.codec import dump_json
from aiff_kit.auth import Principal
from aiff_kit.http import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_NONE_MATCH,
    NoParameters,
    StrictRoute,
    idempotent,
    match_version,
    sent_with,
)
from aiff_matching.application.introductions import Owner, Wish
from aiff_matching.application.startups import Target
from aiff_matching.domain.dossiers import Told
from aiff_matching.domain.introductions import Introduction
from aiff_matching.domain.support_ratings import Rating
from aiff_matching.entrypoints.http.answers import private_json, tagged, versioned
from aiff_matching.entrypoints.http.introduction_schemas import (
    ConsentRequest,
    IntroductionDraft,
    IntroductionPage,
    IntroductionRequest,
    IntroductionView,
    PreviewView,
)
from aiff_matching.entrypoints.http.introduction_views import own_view, preview_view
from aiff_matching.entrypoints.http.paging import page
from aiff_matching.entrypoints.http.schemas import PageParameters
from aiff_matching.entrypoints.http.services import Matching, RequestIntroductions

router = APIRouter(prefix="/v1", tags=["introductions"], route_class=StrictRoute)
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": IntroductionView}}


@router.post(
    "/introductions:preview",
    responses={200: {"model": PreviewView}},
    dependencies=[NoParameters],
)
def preview_introduction(
    draft: IntroductionDraft, matching: Matching, principal: RequestIntroductions
) -> Response:
    """Return exactly what the provider would see, and the words to agree to; nothing is stored."""
    shared = matching.introductions.preview(_wish(draft), principal.tenant)
    return private_json(preview_view(shared))


@router.post(
    "/introductions",
    status_code=201,
    responses={201: {"model": IntroductionView}},
    dependencies=[NoParameters],
    openapi_extra=sent_with(IDEMPOTENCY_KEY),
)
def request_introduction(
    wanted: IntroductionRequest,
    request: Request,
    matching: Matching,
    principal: RequestIntroductions,
) -> Response:
    """Ask the provider of an offer for help, showing the fields that are consented to."""

    def ask() -> Response:
        made = matching.introductions.ask(_wish(wanted), wanted.wording, _owner(principal))
        headers = tagged(made.version) | {"Location": f"/v1/introductions/{made.id}"}
        return private_json(own_view(made), 201, headers)

    return idempotent(request, principal, matching.idempotency, dump_json(wanted), ask)


@router.get("/introductions", responses={200: {"model": IntroductionPage}})
def list_introductions(
    request: Request,
    matching: Matching,
    principal: RequestIntroductions,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the caller's requests, oldest first."""
    return page(
        request,
        matching.cursors,
        parameters,
        lambda after, limit: matching.introductions.page(principal.tenant, after, limit),
        own_view,
    )


@router.get(
    "/introductions/{introduction_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_NONE_MATCH),
)
def read_introduction(
    introduction_id: UUID, request: Request, matching: Matching, principal: RequestIntroductions
) -> Response:
    """Return one of the caller's requests with its ETag."""
    found = matching.introductions.get(Target(introduction_id, principal.tenant))
    return versioned(request, own_view(found), found.version)


@router.put(
    "/introductions/{introduction_id}/consent",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def give_consent(
    introduction_id: UUID,
    consent: ConsentRequest,
    request: Request,
    matching: Matching,
    principal: RequestIntroductions,
) -> Response:
    """Replace the consent: the provider sees these fields from now on, as they are today."""
    target = _target(introduction_id, request, principal)
    return _changed(
        matching.introductions.consent(target, consent.fields, consent.wording, _owner(principal))
    )


@router.delete(
    "/introductions/{introduction_id}/consent",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def withdraw_consent(
    introduction_id: UUID, request: Request, matching: Matching, principal: RequestIntroductions
) -> Response:
    """Hide from the provider all that was shown; the record that it was shown stays."""
    target = _target(introduction_id, request, principal)
    return _changed(matching.introductions.withdraw_consent(target, _owner(principal)))


@router.post(
    "/introductions/{introduction_id}/withdraw",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def withdraw_introduction(
    introduction_id: UUID, request: Request, matching: Matching, principal: RequestIntroductions
) -> Response:
    """Take a request back, with its consent."""
    target = _target(introduction_id, request, principal)
    return _changed(matching.introductions.withdraw(target, _owner(principal)))


@router.put(
    "/introductions/{introduction_id}/rating",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def rate_introduction(
    introduction_id: UUID,
    rating: Rating,
    request: Request,
    matching: Matching,
    principal: RequestIntroductions,
) -> Response:
    """Rate the support after the provider has ended its work; given once."""
    target = _target(introduction_id, request, principal)
    return _changed(matching.introductions.rate(target, rating, _owner(principal)))


def _wish(draft: IntroductionDraft) -> Wish:
    return Wish(
        need_id=draft.need_id,
        offer=draft.offer,
        told=Told(message=draft.message, contact=draft.contact),
        fields=draft.fields,
    )


def _owner(principal: Principal) -> Owner:
    return Owner(principal.tenant, principal.subject)


def _target(introduction_id: UUID, request: Request, principal: Principal) -> Target:
    return Target(introduction_id, principal.tenant, match_version(request))


def _changed(item: Introduction) -> Response:
    return private_json(own_view(item), headers=tagged(item.version))
