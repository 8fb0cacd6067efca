"""What the caller's organisation looks for among start-ups, and whom it finds."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from aiff_kit.auth import Principal
from aiff_kit.http import PageParameters, StrictRoute, match_version
from aiff_matching.partners.application.searches import (
    PartnerSearchCommands,
    SearchTarget,
    StartUpFinder,
)
from aiff_matching.partners.domain.searches import PartnerSearch
from aiff_matching.partners.entrypoints.http.presenting import found_view, search_view
from aiff_matching.partners.entrypoints.http.schemas import (
    FindingParameters,
    FoundView,
    SearchPage,
    SearchView,
)
from aiff_matching.shared.http import FindStartUps, organisation_of, private_json
from aiff_matching.shared.provided import provided
from aiff_matching.shared.resources import DELETES, Resource, deleted

router = APIRouter(prefix="/v1/partner-searches", tags=["partner side"], route_class=StrictRoute)
SEARCHES = Resource("/v1/partner-searches", search_view, SearchView, SearchPage)
Searches = Annotated[PartnerSearchCommands, provided(PartnerSearchCommands)]
Finder = Annotated[StartUpFinder, provided(StartUpFinder)]


@router.post("", **SEARCHES.creates)
def create_partner_search(
    search: PartnerSearch, request: Request, searches: Searches, principal: FindStartUps
) -> Response:
    """Store a search of the caller's organisation."""
    organisation = organisation_of(principal)
    return SEARCHES.created(
        request, principal, search, lambda: searches.create(search, organisation)
    )


@router.get("", **SEARCHES.lists)
def list_partner_searches(
    request: Request,
    searches: Searches,
    principal: FindStartUps,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the organisation's searches, oldest first."""
    organisation = organisation_of(principal)
    return SEARCHES.page(
        request, parameters, lambda after, limit: searches.page(organisation, after, limit)
    )


@router.get("/{search_id}", **SEARCHES.reads)
def read_partner_search(
    search_id: UUID, request: Request, searches: Searches, principal: FindStartUps
) -> Response:
    """Return one search with its ETag."""
    target = SearchTarget(search_id, organisation_of(principal))
    return SEARCHES.shown(request, searches.get(target))


@router.put("/{search_id}", **SEARCHES.changes)
def replace_partner_search(
    search_id: UUID,
    search: PartnerSearch,
    request: Request,
    searches: Searches,
    principal: FindStartUps,
) -> Response:
    """Replace the search of the version that If-Match names."""
    return SEARCHES.changed(searches.replace(_target(search_id, request, principal), search))


@router.delete("/{search_id}", **DELETES)
def delete_partner_search(
    search_id: UUID, request: Request, searches: Searches, principal: FindStartUps
) -> Response:
    """Delete a search."""
    searches.delete(_target(search_id, request, principal))
    return deleted()


@router.get("/{search_id}/startups", responses={200: {"model": FoundView}})
def find_startups(
    search_id: UUID,
    finder: Finder,
    principal: FindStartUps,
    parameters: Annotated[FindingParameters, Query()],
) -> Response:
    """Return the start-ups that consented to be found, those that suit both sides first.

    Each sees in its log that the organisation saw it.
    """
    target = SearchTarget(search_id, organisation_of(principal))
    return private_json(found_view(finder.find(target, parameters.limit)))


def _target(search_id: UUID, request: Request, principal: Principal) -> SearchTarget:
    return SearchTarget(search_id, organisation_of(principal), match_version(request))
