"""Start-ups of the caller's organisation: create, list, read, replace, patch, delete."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from aiff_kit.auth import Principal
from aiff_kit.http import PageParameters, StrictRoute, match_version
from aiff_matching.profiles.application.startups import StartUpCommands
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.profiles.entrypoints.http.schemas import StartUpPage, StartUpView, startup_body
from aiff_matching.shared.http import ReadStartUps, TransferStartUps, WriteStartUps
from aiff_matching.shared.provided import provided
from aiff_matching.shared.resources import DELETES, Resource, deleted
from aiff_matching.shared.versions import Target

router = APIRouter(prefix="/v1/startups", tags=["start-ups"], route_class=StrictRoute)
STARTUPS = Resource("/v1/startups", startup_body, StartUpView, StartUpPage)
StartUps = Annotated[StartUpCommands, provided(StartUpCommands)]


@router.post("", **STARTUPS.creates)
def create_startup(
    profile: Profile, request: Request, startups: StartUps, principal: WriteStartUps
) -> Response:
    """Store a start-up. With Idempotency-Key, the same request again gives the same answer."""
    return STARTUPS.created(
        request, principal, profile, lambda: startups.create(profile, principal.tenant)
    )


@router.get("", **STARTUPS.lists)
def list_startups(
    request: Request,
    startups: StartUps,
    principal: ReadStartUps,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the caller's start-ups, oldest first."""
    return STARTUPS.page(
        request,
        parameters,
        lambda after, limit: startups.page(principal.tenant, after, limit),
    )


@router.get("/{startup_id}", **STARTUPS.reads)
def read_startup(
    startup_id: UUID, request: Request, startups: StartUps, principal: ReadStartUps
) -> Response:
    """Return one start-up with its ETag."""
    return STARTUPS.shown(request, startups.get(Target(startup_id, principal.tenant)))


@router.put("/{startup_id}", **STARTUPS.changes)
def replace_startup(
    startup_id: UUID,
    profile: Profile,
    request: Request,
    startups: StartUps,
    principal: WriteStartUps,
) -> Response:
    """Replace the profile of the version that If-Match names."""
    return STARTUPS.changed(startups.replace(_target(startup_id, request, principal), profile))


@router.patch("/{startup_id}", **STARTUPS.changes)
def patch_startup(
    startup_id: UUID,
    patch: dict[str, Any],
    request: Request,
    startups: StartUps,
    principal: WriteStartUps,
) -> Response:
    """Apply a JSON Merge Patch (RFC 7396) to the version that If-Match names."""
    return STARTUPS.changed(startups.patch(_target(startup_id, request, principal), patch))


@router.post("/{startup_id}/transfer", **STARTUPS.changes)
def transfer_startup(
    startup_id: UUID, request: Request, startups: StartUps, principal: TransferStartUps
) -> Response:
    """Hand your own start-up, with all that belongs to it, to the organisation you act for."""
    own = Target(startup_id, principal.own_tenant, match_version(request))
    return STARTUPS.changed(startups.transfer(own, principal.tenant))


@router.delete("/{startup_id}", **DELETES)
def delete_startup(
    startup_id: UUID, request: Request, startups: StartUps, principal: WriteStartUps
) -> Response:
    """Delete a start-up with its needs and everything logged about them."""
    startups.delete(_target(startup_id, request, principal))
    return deleted()


def _target(startup_id: UUID, request: Request, principal: Principal) -> Target:
    return Target(startup_id, principal.tenant, match_version(request))
