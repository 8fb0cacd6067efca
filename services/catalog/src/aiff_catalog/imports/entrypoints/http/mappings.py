"""What the columns of partners' tables mean, kept under the names of their sources."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_catalog.imports.domain.source_mapping import SourceMapping
from aiff_catalog.imports.entrypoints.http.schemas import (
    MappingList,
    MappingView,
    SourceInPath,
)
from aiff_catalog.imports.entrypoints.http.services import Imports
from aiff_catalog.partners.entrypoints.http.schemas import PartnerInPath
from aiff_catalog.shared.http.answers import PRIVATE
from aiff_catalog.shared.http.authors import authorship
from aiff_contracts.codec import dump_json
from aiff_kit.auth import Principal, Scope, requires
from aiff_kit.http import (
    IF_MATCH,
    NoParameters,
    StrictRoute,
    answered_with,
    match_version,
    sent_with,
    versioned_etag,
)

router = APIRouter(
    prefix="/v1/partners",
    tags=["imports"],
    route_class=StrictRoute,
    dependencies=[NoParameters],
)

WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]
_MAPPING = "/{partner}/mappings/{source}"
_ONE: dict[int | str, dict[str, Any]] = {200: {"model": MappingView, **answered_with("ETag")}}
_GONE: dict[int | str, dict[str, Any]] = {204: {"description": "Forgotten."}}


@router.get("/{partner}/mappings", responses={200: {"model": MappingList}})
def list_import_mappings(
    partner: PartnerInPath, request: Request, imports: Imports, principal: WriteOffers
) -> Response:
    """Return how the partner's files are read, by the names of their sources."""
    mappings = imports.commands.mappings(partner, authorship(request, principal))
    body = dump_json(MappingList(items=tuple(map(_view, mappings))))
    headers = {"Cache-Control": PRIVATE}
    return Response(body, headers=headers, media_type="application/json")


@router.get(_MAPPING, responses=_ONE)
def read_import_mapping(
    partner: PartnerInPath,
    source: SourceInPath,
    request: Request,
    imports: Imports,
    principal: WriteOffers,
) -> Response:
    """Return what the columns of a source mean."""
    return _answer(imports.commands.mapping(partner, source, authorship(request, principal)))


@router.put(_MAPPING, responses=_ONE, openapi_extra=sent_with(IF_MATCH))
def put_import_mapping(
    partner: PartnerInPath,
    source: SourceInPath,
    mapping: ColumnMapping,
    request: Request,
    imports: Imports,
    principal: WriteOffers,
) -> Response:
    """Say what the columns of a source mean; If-Match names the version read, "0" for a new one.

    Files that were sent before keep what they were read by.
    """
    expected = match_version(request)
    by = authorship(request, principal)
    return _answer(imports.commands.put_mapping(partner, source, mapping, by, expected))


@router.delete(_MAPPING, status_code=204, responses=_GONE, openapi_extra=sent_with(IF_MATCH))
def delete_import_mapping(
    partner: PartnerInPath,
    source: SourceInPath,
    request: Request,
    imports: Imports,
    principal: WriteOffers,
) -> Response:
    """Forget what the columns of a source mean; If-Match names the version read."""
    expected = match_version(request)
    by = authorship(request, principal)
    imports.commands.drop_mapping(partner, source, by, expected)
    return Response(status_code=204, headers={"Cache-Control": PRIVATE})


def _answer(source: SourceMapping) -> Response:
    headers = {"ETag": versioned_etag(source.version), "Cache-Control": PRIVATE}
    return Response(dump_json(_view(source)), headers=headers, media_type="application/json")


def _view(source: SourceMapping) -> MappingView:
    return MappingView(
        partner=source.partner,
        source=source.source,
        version=source.version,
        updated_at=source.updated_at,
        author=source.author,
        mapping=source.mapping,
    )
