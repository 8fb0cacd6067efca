"""Start-ups of the caller's organisation: create, list, read, replace, patch, delete."""

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
from aiff_matching.application.startups import Target
from aiff_matching.domain.profile import Profile
from aiff_matching.entrypoints.http.answers import (
    PRIVATE,
    private_json,
    startup_body,
    tagged,
    versioned,
)
from aiff_matching.entrypoints.http.paging import page
from aiff_matching.entrypoints.http.schemas import PageParameters, StartUpPage, StartUpView
from aiff_matching.entrypoints.http.services import (
    Matching,
    ReadStartUps,
    WriteStartUps,
)

router = APIRouter(prefix="/v1/startups", tags=["start-ups"], route_class=StrictRoute)
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": StartUpView}}


@router.post(
    "",
    status_code=201,
    responses={201: {"model": StartUpView}},
    dependencies=[NoParameters],
    openapi_extra=sent_with(IDEMPOTENCY_KEY),
)
def create_startup(
    profile: Profile, request: Request, matching: Matching, principal: WriteStartUps
) -> Response:
    """Store a start-up. With Idempotency-Key, the same request again gives the same answer."""

    def create() -> Response:
        created = matching.startups.create(profile, principal.tenant)
        location = f"/v1/startups/{created.id}"
        headers = tagged(created.version) | {"Location": location}
        return private_json(startup_body(created), 201, headers)

    return idempotent(request, principal, matching.idempotency, dump_json(profile), create)


@router.get("", responses={200: {"model": StartUpPage}})
def list_startups(
    request: Request,
    matching: Matching,
    principal: ReadStartUps,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the caller's start-ups, oldest first."""
    return page(
        request,
        matching.cursors,
        parameters,
        lambda after, limit: matching.startups.page(principal.tenant, after, limit),
        startup_body,
    )


@router.get(
    "/{startup_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_NONE_MATCH),
)
def read_startup(
    startup_id: UUID, request: Request, matching: Matching, principal: ReadStartUps
) -> Response:
    """Return one start-up with its ETag."""
    found = matching.startups.get(Target(startup_id, principal.tenant))
    return versioned(request, startup_body(found), found.version)


@router.put(
    "/{startup_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def replace_startup(
    startup_id: UUID,
    profile: Profile,
    request: Request,
    matching: Matching,
    principal: WriteStartUps,
) -> Response:
    """Replace the profile of the version that If-Match names."""
    changed = matching.startups.replace(_target(startup_id, request, principal), profile)
    return private_json(startup_body(changed), headers=tagged(changed.version))


@router.patch(
    "/{startup_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def patch_startup(
    startup_id: UUID,
    patch: dict[str, Any],
    request: Request,
    matching: Matching,
    principal: WriteStartUps,
) -> Response:
    """Apply a JSON Merge Patch (RFC 7396) to the version that If-Match names."""
    changed = matching.startups.patch(_target(startup_id, request, principal), patch)
    return private_json(startup_body(changed), headers=tagged(changed.version))


@router.delete(
    "/{startup_id}", status_code=204, dependencies=[NoParameters], openapi_extra=sent_with(IF_MATCH)
)
def delete_startup(
    startup_id: UUID, request: Request, matching: Matching, principal: WriteStartUps
) -> Response:
    """Delete a start-up with its needs and everything logged about them."""
    matching.startups.delete(_target(startup_id, request, principal))
    return Response(status_code=204, headers=PRIVATE)


def _target(startup_id: UUID, request: Request, principal: Principal) -> Target:
    return Target(startup_id, principal.tenant, match_version(request))
