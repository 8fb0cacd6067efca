"""Organisations: list, read, create or replace."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.offers.entrypoints.http.answers import organisation_view
from aiff_catalog.offers.entrypoints.http.schemas import (
    OrganisationPage,
    OrganisationReference,
    PublicOrganisation,
)
from aiff_catalog.offers.entrypoints.http.services import Offers
from aiff_catalog.shared.errors import OrganisationNotFoundError
from aiff_catalog.shared.http.answers import PRIVATE, content_etag, links, page, public_json
from aiff_catalog.shared.http.authors import CHANGE_REASON, authorship
from aiff_catalog.shared.http.schemas import PageParameters
from aiff_contracts.codec import Fault, Faults
from aiff_contracts.offer import Organisation
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import (
    CREATE_IF_ABSENT,
    IF_MATCH_WHERE_SENT,
    IF_NONE_MATCH,
    NoParameters,
    StrictRoute,
    match_version,
    sent_with,
    versioned_etag,
)

router = APIRouter(prefix="/v1/organisations", tags=["organisations"], route_class=StrictRoute)

_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": PublicOrganisation}}


@router.get(
    "", responses={200: {"model": OrganisationPage}}, openapi_extra=sent_with(IF_NONE_MATCH)
)
async def list_organisations(
    request: Request, offers: Offers, parameters: Annotated[PageParameters, Query()]
) -> Response:
    """Return the organisations in the order of their slugs."""
    after = ""
    if parameters.cursor is not None:
        after = offers.cursors.decode(parameters.cursor, ["organisations"])
    organisations = await offers.organisation_reads.organisations(after, parameters.limit + 1)
    shown = organisations[: parameters.limit]
    following = None
    if len(organisations) > len(shown):
        following = offers.cursors.encode(shown[-1].slug, ["organisations"])
    body = page((organisation_view(one) for one in shown), following, None)
    response = public_json(request, body, content_etag(body))
    response.headers.update(links(request, following, None))
    return response


@router.get(
    "/{slug}",
    responses=_ANSWERS,
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_NONE_MATCH),
)
async def read_organisation(
    slug: OrganisationReference, request: Request, offers: Offers
) -> Response:
    """Return an organisation."""
    organisation = await offers.organisation_reads.organisation(slug)
    if organisation is None:
        raise OrganisationNotFoundError(slug)
    return public_json(
        request, organisation_view(organisation), versioned_etag(organisation.version)
    )


@router.put(
    "/{slug}",
    responses={**_ANSWERS, 201: {}},
    dependencies=[NoParameters],
    openapi_extra=sent_with(IF_MATCH_WHERE_SENT, CREATE_IF_ABSENT, CHANGE_REASON),
)
def put_organisation(
    slug: OrganisationReference,
    organisation: Organisation,
    request: Request,
    offers: Offers,
    principal: Annotated[Principal, requires(Scope.ORGANISATIONS_WRITE)],
) -> Response:
    """Create an organisation (If-None-Match: *) or replace the version that If-Match names."""
    if organisation.slug != slug:
        raise Faults([Fault("/slug", "wrong_name", f"the address says {slug}; use the same")])
    expected = 0 if request.headers.get("if-none-match") == "*" else match_version(request)
    by = authorship(request, principal)
    stored, outcome = offers.organisations.put(organisation, expected, by)
    headers = {"ETag": versioned_etag(stored.version), "Cache-Control": PRIVATE}
    status = 201 if outcome == "created" else 200
    return Response(organisation_view(stored), status, headers, media_type="application/json")
