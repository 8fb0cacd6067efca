"""Searching offers, by address or by JSON; both take the same names and give the same answer."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.search.application.searching import ReaderSearch, SearchResult
from aiff_catalog.search.domain.queries import Suggestions
from aiff_catalog.search.entrypoints.http.schemas import (
    OfferPage,
    SearchParameters,
    SuggestionPage,
    SuggestionParameters,
)
from aiff_catalog.search.entrypoints.http.services import SearchServices
from aiff_catalog.search.entrypoints.http.tables import TABLES, table_answer, wanted_table
from aiff_catalog.shared.http.answers import (
    PRIVATE,
    PUBLIC,
    PUBLIC_LIST,
    content_etag,
    links,
    page,
    public_json,
)
from aiff_catalog.shared.http.services import services_of
from aiff_kit.http import IF_NONE_MATCH, NoParameters, QueryRoute, sent_with

router = APIRouter(prefix="/v1/offers", tags=["offers"], route_class=QueryRoute)

_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": OfferPage, **TABLES}}


@router.get("", responses=_ANSWERS, openapi_extra=sent_with(IF_NONE_MATCH))
async def search_offers(
    request: Request, parameters: Annotated[SearchParameters, Query()]
) -> Response:
    """Return the published offers that match, with facet counts where asked; or their table."""
    services = services_of(request, SearchServices)
    if (media_type := wanted_table(request, parameters)) is not None:
        return await table_answer(request, services.tables, parameters, media_type)
    body, following, before = await _search(services, parameters)
    response = public_json(request, body, content_etag(body), PUBLIC_LIST)
    response.headers.update({"Vary": "Accept", **links(request, following, before)})
    return response


@router.post("/search", responses=_ANSWERS, dependencies=[NoParameters])
async def search_offers_by_json(request: Request, parameters: SearchParameters) -> Response:
    """Return what GET /v1/offers returns, for a search that is too long for an address."""
    services = services_of(request, SearchServices)
    if (media_type := wanted_table(request, parameters)) is not None:
        return await table_answer(request, services.tables, parameters, media_type)
    body, _, _ = await _search(services, parameters)
    return Response(body, headers={"Cache-Control": PRIVATE}, media_type="application/json")


@router.get(
    "/suggestions",
    responses={200: {"model": SuggestionPage}},
    openapi_extra=sent_with(IF_NONE_MATCH),
)
async def suggest_offers(
    request: Request, parameters: Annotated[SuggestionParameters, Query()]
) -> Response:
    """Return how a name or title that is being typed could go on: case and accents never matter."""
    searches = services_of(request, SearchServices).searches
    suggestions = await searches.suggest(parameters.q, parameters.limit)
    body = _suggestions(suggestions)
    # What the database could give for a moment must not be kept for a minute.
    caching = PUBLIC_LIST if suggestions.degraded else PUBLIC
    return public_json(request, body, content_etag(body), caching)


async def _search(
    services: SearchServices, parameters: SearchParameters
) -> tuple[bytes, str | None, str | None]:
    """Return the body of a page, and the cursors of the pages after and before it."""
    bound, offset = parameters.bound(), 0
    if parameters.cursor is not None:
        offset = services.cursors.decode(parameters.cursor, bound)
    asked = ReaderSearch(
        query=parameters.query(offset),
        highlights=parameters.highlight,
        counts_unknown=parameters.count,
    )
    result = await services.searches.find(asked)
    following, before = (
        None if place is None else services.cursors.encode(place, bound)
        for place in (result.following, result.before)
    )
    return _body(result, parameters, following, before), following, before


def _body(
    result: SearchResult, parameters: SearchParameters, following: str | None, before: str | None
) -> bytes:
    shown = result.page
    more: dict[str, Any] = {"approximate": shown.approximate, "degraded": shown.degraded}
    more["meaning"] = result.by_meaning
    if parameters.count:
        more["count"] = result.total
        more["close_count"] = shown.close
        more["unknown_count"] = result.unknown
    if parameters.facets:
        more["facets"] = dict(shown.facets)
    return page(shown.items, following, before, **more)


def _suggestions(made: Suggestions) -> bytes:
    items = [
        {"kind": item.kind, "value": item.value, "label": {"fr": item.fr, "en": item.en}}
        for item in made.items
    ]
    answer = {"items": items, "approximate": made.approximate, "degraded": made.degraded}
    return orjson.dumps(answer)
