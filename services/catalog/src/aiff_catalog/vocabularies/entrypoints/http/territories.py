"""Finding a place and its code, for forms and for programs that have an address."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.shared.http.answers import PUBLIC, content_etag, public_json
from aiff_catalog.vocabularies.entrypoints.http.schemas import (
    PlaceName,
    TerritoryList,
    TerritoryParameters,
    TerritoryView,
)
from aiff_contracts.codec import dump_json
from aiff_contracts.offer import Text
from aiff_contracts.territory import (
    GROUPS,
    Territory,
    ancestry,
    find,
    name_of,
    postal_codes_of,
)
from aiff_kit.http import IF_NONE_MATCH, QueryRoute, sent_with

router = APIRouter(prefix="/v1/territories", tags=["vocabularies"], route_class=QueryRoute)

_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": TerritoryList}}


@router.get("", responses=_ANSWERS, openapi_extra=sent_with(IF_NONE_MATCH))
def find_territories(
    request: Request, parameters: Annotated[TerritoryParameters, Query()]
) -> Response:
    """Return the places that a name, a code or a postal code means, the most likely ones first.

    Case, accents and hyphens never matter; former codes and names lead to the place of today.
    """
    found = find(parameters.q, parameters.limit)
    body = dump_json(TerritoryList(items=tuple(map(_view, found))))
    return public_json(request, body, content_etag(body), PUBLIC)


def _view(place: Territory) -> TerritoryView:
    above = (code for code in ancestry(place.code)[1:] if code not in GROUPS)
    return TerritoryView(
        code=place.code,
        label=Text(fr=place.label_fr, en=place.label_en),
        within=tuple(map(_named, above)),
        postal_codes=postal_codes_of(place.code),
    )


def _named(code: str) -> PlaceName:
    french, english = name_of(code)
    return PlaceName(code=code, label=Text(fr=french, en=english))
