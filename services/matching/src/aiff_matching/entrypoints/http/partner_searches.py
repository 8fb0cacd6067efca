"""What the caller's organisation looks for among start-ups, and whom it finds."""

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
from aiff_matching.application.partner_searches import SearchTarget
from aiff_matching.domain.partner_searches import PartnerSearch
from aiff_matching.entrypoints.http.answers import PRIVATE, private_json, tagged, versioned
from aiff_matching.entrypoints.http.paging import page
from aiff_matching.entrypoints.http.partner_schemas import (
    FindingParameters,
    FoundView,
    SearchPage,
    SearchView,
)
from aiff_matching.entrypoints.http.partner_views import found_view, search_view
from aiff_matching.entrypoints.http.schemas import PageParameters
from aiff_matching.entrypoints.http.services import FindStartUps, Matching, organisation_of

router = APIRouter(prefix="/v1/partner-searches", tags=["partner side"], route_class=StrictRoute)
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": SearchView}}


@router.post(
    "",
    status_code=201,
    responses={201: {"model": SearchView}},
    dependencies=[NoParameters],
    openapi_extra=sent_with(IDEMPOTENCY_KEY),
)
def create_partner_search(
    search: PartnerSearch, request: Request, matching: Matching, principal: FindStartUps
) -> Response:
    """Store a search of the caller's organisation."""
    organisation = organisation_of(principal)

    def create() -> Response:
        made = matching.searches.create(search, organisation)
        headers = tagged(made.version) | {"Location": f"/v1/partner-searches/{made.id}"}
        return private_json(search_view(made), 201, headers)

    return idempotent(request, principal, matching.idempotency, dump_json(search), create)


@router.get("", responses={200: {"model": SearchPage}})
def list_partner_searches(
    request: Request,
    matching: Matching,
    principal: FindStartUps,
    parameters: Annotated[PageParameters, Query()],
) -> Response:
    """Return the organisation's searches, oldest first."""
    organisation = organisation_of(principal)
    return page(
        request,
        matching.cursors,
        parameters,
        lambda after, limit: matching.searches.page(organisation, after, limit),
        search_view,
    )


@router.get(
    "/{search_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_NONE_MATCH),
)
def read_partner_search(
    search_id: UUID, request: Request, matching: Matching, principal: FindStartUps
) -> Response:
    """Return one search with its ETag."""
    found = matching.searches.get(SearchTarget(search_id, organisation_of(principal)))
    return versioned(request, search_view(found), found.version)


@router.put(
    "/{search_id}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH),
)
def replace_partner_search(
    search_id: UUID,
    search: PartnerSearch,
    request: Request,
    matching: Matching,
    principal: FindStartUps,
) -> Response:
    """Replace the search of the version that If-Match names."""
    changed = matching.searches.replace(_target(search_id, request, principal), search)
    return private_json(search_view(changed), headers=tagged(changed.version))


@router.delete(
    "/{search_id}", status_code=204, dependencies=[NoParameters], openapi_extra=sent_with(IF_MATCH)
)
def delete_partner_search(
    search_id: UUID, request: Request, matching: Matching, principal: FindStartUps
) -> Response:
    """Delete a search."""
    matching.searches.delete(_target(search_id, request, principal))
    return Response(status_code=204, headers=PRIVATE)


@router.get("/{search_id}/startups", responses={200: {"model": FoundView}})
def find_startups(
    search_id: UUID,
    matching: Matching,
    principal: FindStartUps,
    parameters: Annotated[FindingParameters, Query()],
) -> Response:
    """Return the start-ups that consented to be found, those that suit both sides first.

    Each sees in its log that the organisation saw it.
    """
    target = SearchTarget(search_id, organisation_of(principal))
    return private_json(found_view(matching.finder.find(target, parameters.limit)))


def _target(search_id: UUID, request: Request, principal: Principal) -> SearchTarget:
    return SearchTarget(search_id, organisation_of(principal), match_version(request))
