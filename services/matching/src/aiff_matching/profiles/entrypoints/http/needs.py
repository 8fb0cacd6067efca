"""Needs of a start-up: create, list, read, replace, delete."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from aiff_kit.auth import Principal
from aiff_kit.http import PageParameters, StrictRoute, match_version
from aiff_matching.profiles.application.needs import NeedCommands
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.entrypoints.http.schemas import NeedPage, NeedView, need_body
from aiff_matching.shared.http import ReadStartUps, WriteStartUps
from aiff_matching.shared.provided import provided
from aiff_matching.shared.resources import DELETES, Resource, deleted
from aiff_matching.shared.versions import Target

router = APIRouter(prefix="/v1", tags=["needs"], route_class=StrictRoute)
NEEDS = Resource("/v1/needs", need_body, NeedView, NeedPage)
Needs = Annotated[NeedCommands, provided(NeedCommands)]


@router.post("/startups/{startup_id}/needs", **NEEDS.creates)
def create_need(
    startup_id: UUID, need: Need, request: Request, needs: Needs, principal: WriteStartUps
) -> Response:
    """Store a need. With Idempotency-Key, the same request again gives the same answer."""
    startup = Target(startup_id, principal.tenant)
    return NEEDS.created(request, principal, need, lambda: needs.create(startup, need))


@router.get("/startups/{startup_id}/needs", **NEEDS.lists)
def list_needs(
    startup_id: UUID,
    request: Request,
    needs: Needs,
    principal: ReadStartUps,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the needs of a start-up, oldest first."""
    startup = Target(startup_id, principal.tenant)
    return NEEDS.page(request, parameters, lambda after, limit: needs.page(startup, after, limit))


@router.get("/needs/{need_id}", **NEEDS.reads)
def read_need(need_id: UUID, request: Request, needs: Needs, principal: ReadStartUps) -> Response:
    """Return one need with its ETag."""
    return NEEDS.shown(request, needs.get(Target(need_id, principal.tenant)))


@router.put("/needs/{need_id}", **NEEDS.changes)
def replace_need(
    need_id: UUID, need: Need, request: Request, needs: Needs, principal: WriteStartUps
) -> Response:
    """Replace the need of the version that If-Match names."""
    return NEEDS.changed(needs.replace(_target(need_id, request, principal), need))


@router.delete("/needs/{need_id}", **DELETES)
def delete_need(
    need_id: UUID, request: Request, needs: Needs, principal: WriteStartUps
) -> Response:
    """Delete a need with everything logged about it."""
    needs.delete(_target(need_id, request, principal))
    return deleted()


def _target(need_id: UUID, request: Request, principal: Principal) -> Target:
    return Target(need_id, principal.tenant, match_version(request))
