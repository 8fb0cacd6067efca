"""Whether partners may find the caller's start-up, what they see, and who has seen it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from aiff_kit.http import NoParameters, StrictRoute
from aiff_matching.introductions.application.introductions import Owner
from aiff_matching.partners.application.discoverability import DiscoverabilityCommands
from aiff_matching.partners.entrypoints.http.presenting import (
    discoverability_view,
    views_view,
)
from aiff_matching.partners.entrypoints.http.schemas import (
    DiscoverabilityView,
    FoundConsentRequest,
    ViewsView,
)
from aiff_matching.shared.http import ReadStartUps, WriteStartUps, private_json
from aiff_matching.shared.provided import provided
from aiff_matching.shared.versions import Target

router = APIRouter(
    prefix="/v1/startups/{startup_id}/discoverability",
    tags=["partner side"],
    route_class=StrictRoute,
)
Commands = Annotated[DiscoverabilityCommands, provided(DiscoverabilityCommands)]


@router.get("", responses={200: {"model": DiscoverabilityView}}, dependencies=[NoParameters])
def read_discoverability(startup_id: UUID, commands: Commands, principal: ReadStartUps) -> Response:
    """Return the consents, and the words and fields that can be agreed to."""
    consents = commands.get(Target(startup_id, principal.tenant))
    return private_json(discoverability_view(consents))


@router.put("", responses={200: {"model": DiscoverabilityView}}, dependencies=[NoParameters])
def let_be_found(
    startup_id: UUID, consent: FoundConsentRequest, commands: Commands, principal: WriteStartUps
) -> Response:
    """Let partners find the start-up and see these fields, in the place of those before."""
    target = Target(startup_id, principal.tenant)
    owner = Owner(principal.tenant, principal.subject)
    changed = commands.consent(target, consent.fields, consent.wording, owner)
    return private_json(discoverability_view(changed))


@router.delete("", responses={200: {"model": DiscoverabilityView}}, dependencies=[NoParameters])
def no_longer_be_found(startup_id: UUID, commands: Commands, principal: WriteStartUps) -> Response:
    """Take the consent back: the next answer to a partner is without this start-up."""
    target = Target(startup_id, principal.tenant)
    owner = Owner(principal.tenant, principal.subject)
    return private_json(discoverability_view(commands.withdraw(target, owner)))


@router.get("/views", responses={200: {"model": ViewsView}}, dependencies=[NoParameters])
def list_startup_views(startup_id: UUID, commands: Commands, principal: ReadStartUps) -> Response:
    """Return which organisations saw the start-up, how often and when."""
    views = commands.views(Target(startup_id, principal.tenant))
    return private_json(views_view(tuple(views)))
