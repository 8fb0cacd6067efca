"""Where to go next: the index for programs, the API document, its page, the problem pages."""

from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from jinja2 import Environment, PackageLoader, select_autoescape

from aiff_gateway.documents.application import ApiDocument
from aiff_gateway.documents.domain import problem_types
from aiff_kit.problems import NOT_FOUND, REGISTRY, Problem, ProblemType, prefers_french

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
        "matches": "/v1/matches",
        "compute_plan": "/v1/compute/plan",
        "journeys": "/v1/journeys",
        "dossiers": "/v1/dossiers",
        "sign_in": "/v1/sessions",
        "problems": "/problems",
        "health": "/health/ready",
    },
}
_PAGES = Environment(
    loader=PackageLoader("aiff_gateway.documents.entrypoints", "templates"),
    autoescape=select_autoescape(),
    trim_blocks=True,
    lstrip_blocks=True,
)
_OWN_FILES = {"init.js": "text/javascript", "pages.css": "text/css"}
_SWAGGER_FILES = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}
_FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}


def document_routes(api: ApiDocument, swagger: Path) -> APIRouter:
    """Return the routes; `swagger` is the folder of Swagger UI's files."""
    router = APIRouter(include_in_schema=False)
    _index_route(router)
    _api_routes(router, api)
    _asset_route(router, _assets(swagger))
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
    async def docs(request: Request) -> Response:
        return _page("docs.html", request)


def _asset_route(router: APIRouter, assets: Mapping[str, tuple[bytes, str]]) -> None:
    @router.get("/docs/{name}")
    async def asset(name: str) -> Response:
        if name not in assets:
            raise Problem(NOT_FOUND)
        body, media_type = assets[name]
        return Response(body, headers=_FOR_AN_HOUR, media_type=media_type)


def _problem_routes(router: APIRouter, api: ApiDocument) -> None:
    @router.get("/problems")
    async def problems(request: Request) -> Response:
        kinds = await _kinds(api)
        if _wants_page(request):
            return _page("problems.html", request, kinds=kinds)
        return _json(orjson.dumps({"items": list(kinds.values())}), {"Vary": "Accept"})

    @router.get("/problems/{slug}")
    async def problem(slug: str, request: Request) -> Response:
        kind = (await _kinds(api)).get(slug)
        if kind is None:
            raise Problem(NOT_FOUND)
        if _wants_page(request):
            return _page("problem.html", request, kind=kind)
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


def _assets(swagger: Path) -> dict[str, tuple[bytes, str]]:
    own = files("aiff_gateway.documents.entrypoints") / "static"
    assets = {name: ((own / name).read_bytes(), kind) for name, kind in _OWN_FILES.items()}
    for name, kind in _SWAGGER_FILES.items():
        assets[name] = ((swagger / name).read_bytes(), kind)
    return assets


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _page(template: str, request: Request, **values: Any) -> Response:
    language = "fr" if prefers_french(request.headers.get("accept-language")) else "en"
    text = _PAGES.get_template(template).render(language=language, **values)
    headers = {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    return Response(text, headers={**_FOR_AN_HOUR, **headers}, media_type="text/html")


def _json(body: bytes, headers: Mapping[str, str]) -> Response:
    return Response(body, headers=headers, media_type="application/json")
