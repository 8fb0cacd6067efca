"""Where programs go next: the index, the API document, the kinds of problem.

People read the same on pages of the portal, to which the edge leads browsers.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson
from fastapi import APIRouter, Response
from starlette.responses import RedirectResponse

from aiff_gateway.documents.application import ApiDocument
from aiff_gateway.documents.domain import problem_types
from aiff_kit.problems import NOT_FOUND, REGISTRY, Problem, ProblemType

INDEX: Mapping[str, Any] = {
    "name": "AI Factory France",
    "description": {
        "fr": "Catalogue de services et mise en relation pour les start-ups d'IA.",
        "en": "Service catalogue and matchmaking for AI start-ups.",
    },
    "links": {
        "docs": "/docs",
        "openapi": "/openapi.json",
        "offers": "/v1/offers",
        "offer_search_example": "/v1/offers?q=gpu&limit=10",
        "organisations": "/v1/organisations",
        "vocabularies": "/v1/vocabularies",
        "territory_search_example": "/v1/territories?q=33000",
        "matches": "/v1/matches",
        "compute_plan": "/v1/compute/plan",
        "journeys": "/v1/journeys",
        "dossiers": "/v1/dossiers",
        "sign_in": "/v1/sessions",
        "problems": "/problems",
        "health": "/health/ready",
    },
}


def document_routes(api: ApiDocument) -> APIRouter:
    """Return the routes."""
    router = APIRouter(include_in_schema=False)
    _index_route(router)
    _api_routes(router, api)
    _problem_routes(router, api)
    return router


def _index_route(router: APIRouter) -> None:
    body = orjson.dumps(INDEX)

    @router.get("/")
    async def index() -> Response:
        return _json(body, {"Vary": "Accept"})


def _api_routes(router: APIRouter, api: ApiDocument) -> None:
    @router.get("/openapi.json")
    async def openapi() -> Response:
        return _json(orjson.dumps(await api.merged()), {"Cache-Control": "public, max-age=60"})

    @router.get("/docs")
    async def docs() -> Response:
        return RedirectResponse("/openapi.json", 302, {"Vary": "Accept"})


def _problem_routes(router: APIRouter, api: ApiDocument) -> None:
    @router.get("/problems")
    async def problems() -> Response:
        kinds = await _kinds(api)
        return _json(orjson.dumps({"items": list(kinds.values())}), {"Vary": "Accept"})

    @router.get("/problems/{slug}")
    async def problem(slug: str) -> Response:
        kind = (await _kinds(api)).get(slug)
        if kind is None:
            raise Problem(NOT_FOUND)
        return _json(orjson.dumps(kind), {"Vary": "Accept"})


async def _kinds(api: ApiDocument) -> dict[str, dict[str, Any]]:
    """Return every kind of problem by slug: the gateway's own and what the services describe."""
    described = problem_types(await api.parts())
    own = {kind.slug: _described(kind) for kind in REGISTRY.values()}
    every = {**described, **own}
    return {slug: {"type": f"/problems/{slug}", **every[slug]} for slug in sorted(every)}


def _described(kind: ProblemType) -> dict[str, Any]:
    held = asdict(kind)
    return {
        "status": held["status"],
        "title": {"fr": held["title_fr"], "en": held["title_en"]},
        "mend": {"fr": held["mend_fr"], "en": held["mend_en"]},
    }


def _json(body: bytes, headers: Mapping[str, str]) -> Response:
    return Response(body, headers=headers, media_type="application/json")
