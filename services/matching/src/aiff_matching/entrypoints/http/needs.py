"""Needs of a start-up: create, list, read, replace, delete."""

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
from aiff_matching.domain.need import Need
from aiff_matching.entrypoints.http.answers import (
    PRIVATE,
    need_body,
    private_json,
    tagged,
    versioned,
)
from aiff_matching.entrypoints.http.paging import page
from aiff_matching.entrypoints.http.schemas import NeedPage, NeedView, PageParameters
from aiff_matching.entrypoints.http.services import (
    Matching,
    ReadStartUps,
    WriteStartUps,
)

router = APIRouter(prefix="/v1", tags=["needs"], route_class=StrictRoute)
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": NeedView}}


@router.post(
    "/startups/{startup_id}/needs",
    status_code=201,
    responses={201: {"model": NeedView}},
    dependencies=[NoParameters],
    openapi_extra=sent_with(IDEMPOTENCY_KEY),
)
def create_need(
    startup_id: UUID,
    need: Need,
    request: Request,
    matching: Matching,
    principal: WriteStartUps,
) -> Response:
    """Store a need. With Idempotency-Key, the same request again gives the same answer."""

    def create() -> Response:
        created = matching.needs.create(Target(startup_id, principal.tenant), need)
        headers = tagged(created.version) | {"Location": f"/v1/needs/{created.id}"}
        return private_json(need_body(created), 201, headers)

    return idempotent(request, principal, matching.idempotency, dump_json(need), create)


@router.get("/startups/{startup_id}/needs", responses={200: {"model": NeedPage}})
def list_needs(
    startup_id: UUID,
    request: Request,
    matching: Matching,
    principal: ReadStartUps,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the needs of a start-up, oldest first."""
    startup = Target(startup_id, principal.tenant)
    return page(
        request,
        matching.cursors,
        parameters,
        lambda after, limit: matching.needs.page(startup, after, limit),
        need_body,
    )


@router.get(
    "/needs/{need_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_NONE_MATCH),
)
def read_need(
    need_id: UUID, request: Request, matching: Matching, principal: ReadStartUps
) -> Response:
    """Return one need with its ETag."""
    found = matching.needs.get(Target(need_id, principal.tenant))
    return versioned(request, need_body(found), found.version)


@router.put(
    "/needs/{need_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def replace_need(
    need_id: UUID,
    need: Need,
    request: Request,
    matching: Matching,
    principal: WriteStartUps,
) -> Response:
    """Replace the need of the version that If-Match names."""
    changed = matching.needs.replace(_target(need_id, request, principal), need)
    return private_json(need_body(changed), headers=tagged(changed.version))


@router.delete(
    "/needs/{need_id}",
    status_code=204,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def delete_need(
    need_id: UUID, request: Request, matching: Matching, principal: WriteStartUps
) -> Response:
    """Delete a need with everything logged about it."""
    matching.needs.delete(_target(need_id, request, principal))
    return Response(status_code=204, headers=PRIVATE)


def _target(need_id: UUID, request: Request, principal: Principal) -> Target:
    return Target(need_id, principal.tenant, match_version(request))
