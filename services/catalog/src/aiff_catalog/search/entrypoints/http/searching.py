"""Searching offers, by address or by JSON; both take the same names and give the same answer."""

from dataclasses import replace
from time import perf_counter
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from aiff_catalog.search.application.embeddings import has_meaning
from aiff_catalog.search.application.highlighting import highlighted
from aiff_catalog.search.domain.queries import SearchPage, SearchQuery, Suggestions
from aiff_catalog.search.entrypoints.http.measures import note_search
from aiff_catalog.search.entrypoints.http.schemas import (
    OfferPage,
    SearchParameters,
    SuggestionPage,
    SuggestionParameters,
)
from aiff_catalog.search.entrypoints.http.services import SearchServices
from aiff_catalog.shared.errors import SearchIndexUnavailableError
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
from aiff_kit.http import IF_NONE_MATCH, NoParameters, StrictRoute, sent_with

router = APIRouter(prefix="/v1/offers", tags=["offers"], route_class=StrictRoute)

_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": OfferPage}}
# Nobody reads further, and a deeper page costs as much as all pages before it.
_DEEPEST = 10_000


@router.get("", responses=_ANSWERS, openapi_extra=sent_with(IF_NONE_MATCH))
async def search_offers(
    request: Request, parameters: Annotated[SearchParameters, Query()]
) -> Response:
    """Return the published offers that match, with facet counts where asked."""
    body, following, before = await _search(services_of(request, SearchServices), parameters)
    response = public_json(request, body, content_etag(body), PUBLIC_LIST)
    response.headers.update(links(request, following, before))
    return response


@router.post("/search", responses=_ANSWERS, dependencies=[NoParameters])
async def search_offers_by_json(request: Request, parameters: SearchParameters) -> Response:
    """Return what GET /v1/offers returns, for a search that is too long for an address."""
    body, _, _ = await _search(services_of(request, SearchServices), parameters)
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
    found = await _suggested(services_of(request, SearchServices), parameters)
    items = [
        {"kind": one.kind, "value": one.value, "label": {"fr": one.fr, "en": one.en}}
        for one in found.items
    ]
    answer = {"items": items, "approximate": found.approximate, "degraded": found.degraded}
    body = orjson.dumps(answer)
    # What the database could give for a moment must not be kept for a minute.
    caching = PUBLIC_LIST if found.degraded else PUBLIC
    return public_json(request, body, content_etag(body), caching)


async def _suggested(services: SearchServices, parameters: SuggestionParameters) -> Suggestions:
    """Return what the index suggests, or what the database does while the index is away."""
    try:
        return await services.index.suggest(parameters.q, parameters.limit)
    except SearchIndexUnavailableError:
        return await services.lists.suggested(parameters.q, parameters.limit)


async def _search(
    services: SearchServices, parameters: SearchParameters
) -> tuple[bytes, str | None, str | None]:
    bound, limit, offset = parameters.bound(), parameters.limit, 0
    if parameters.cursor is not None:
        offset = services.cursors.decode(parameters.cursor, bound)
    found = await _found(services, parameters.query(offset))
    if found.total == 0 and offset == 0 and not found.degraded:
        services.unanswered.note(parameters.q)
    following = before = None
    if offset + limit < min(found.total, _DEEPEST):
        following = services.cursors.encode(offset + limit, bound)
    if offset > 0:
        before = services.cursors.encode(max(offset - limit, 0), bound)
    if parameters.highlight:
        items = await highlighted(found, parameters.q, services.lists, services.marker)
        found = replace(found, items=items)
    return _body(found, parameters, following, before), following, before


async def _found(services: SearchServices, query: SearchQuery) -> SearchPage:
    """Return what the index finds, or what the database does while the index is away."""
    began = perf_counter()
    query = replace(
        query,
        meaning=await services.questions.of(query.text),
        synonyms=await services.synonyms.current(),
    )
    try:
        found = await services.index.search(query)
    except SearchIndexUnavailableError:
        found = await services.lists.listed(query, services.clock())
    note_search(found, began)
    return found


def _body(
    found: SearchPage, parameters: SearchParameters, following: str | None, before: str | None
) -> bytes:
    more: dict[str, Any] = {"approximate": found.approximate, "degraded": found.degraded}
    more["meaning"] = found.meaning if has_meaning(parameters.q) else None
    if parameters.count:
        more["count"] = min(found.total, _DEEPEST)
    if parameters.facets:
        more["facets"] = dict(found.facets)
    return page(found.items, following, before, **more)
