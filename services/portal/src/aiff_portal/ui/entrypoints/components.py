"""All components in all states on one page, for those who make pages; development only."""

from typing import Any

from fastapi import APIRouter, Request, Response

from aiff_portal.ui.domain.charts import Extent, Point, Tick, range_chart
from aiff_portal.ui.domain.glossary import terms_in
from aiff_portal.ui.domain.language import Language
from aiff_portal.ui.entrypoints.pages import Page, show, templates

_TEMPLATES = templates()
_OFFICIAL = {
    "label": "IDRIS, partitions de Jean Zay",
    "address": "https://example.org/jean-zay",
    "day": "23 novembre 2026",
    "confidence": "dit par le fournisseur",
    "stale": False,
}
_OLD = {
    "label": "Presse <b>du 13 mai 2025</b>",
    "address": None,
    "day": None,
    "confidence": "de seconde main",
    "stale": True,
}
_SAMPLES: dict[str, Any] = {
    "tones": ("quiet", "good", "warn", "bad"),
    "links": [
        {"label": "Calcul", "address": "#chips"},
        {"label": "Financement", "address": "#chips"},
    ],
    "facts": [
        {
            "label": "GPU",
            "value": "H100-SXM",
            "origin": {"sources": [_OFFICIAL], "others": []},
        },
        {
            "label": "Nombre de GPU",
            "value": "1 456",
            "origin": {"sources": [_OLD, _OFFICIAL], "others": ["1 400 (communiqué)"]},
        },
        {
            "label": "Plus grand travail (GPU)",
            "value": None,
            "origin": {"sources": [], "others": []},
        },
    ],
    "terms": terms_in(["Heures GPU normalisées, SecNumCloud, de minimis"], "fr"),
    "suggestions": [
        {"label": "Jean Zay", "kind": "recherche", "address": "#chips", "current": True},
        {"label": "<b>Jean</b> Zay H100", "kind": "offre", "address": "#chips", "current": False},
    ],
    "table": {
        "caption": "Modes d'accès",
        "note": "Chaque programme compte dans sa propre unité.",
        "columns": ("Mode", "Quota", "Délai"),
        "rows": (
            ("Accès dynamique", "50 000 heures GPU normalisées", None),
            ("Accès régulier", "50 000 heures et plus", "4 mois"),
        ),
    },
    "chart": range_chart(
        [
            Point("1", "1. Jean Zay <b>H100</b>", Extent(10, 20), Extent(0, 0), "disc"),
            Point("2, 3", "2. Scaleway", Extent(0, None), Extent(300, 500), "triangle"),
            Point("4", "4. OVHcloud", Extent(0, 5), Extent(400, 700), "square"),
            Point("5", "5. Verda", Extent(15, 30), Extent(650, 800), "ring"),
        ],
        [Tick(0, "30 novembre 2026"), Tick(30, "30 décembre 2026")],
        [Tick(0, "0 €"), Tick(500, "500 €"), Tick(1000, "1 000 €")],
    ),
    "marks": [(mark, f"marque {mark}") for mark in ("disc", "triangle", "square", "ring")],
    "choices": (("a", "Start-up"), ("b", "Laboratoire <i>public</i>")),
    "weight": {"number": "2.5", "words": "2,5"},
    "faults": [{"name": "email", "label": "Écrivez une adresse complète, par exemple a@b.fr"}],
}


def component_routes(language: Language) -> APIRouter:
    """Return the route of the page in a language."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)

    @router.get("/ui")
    async def components(request: Request) -> Response:
        return show(request, _TEMPLATES, language, Page("components.html", _SAMPLES))

    return router
