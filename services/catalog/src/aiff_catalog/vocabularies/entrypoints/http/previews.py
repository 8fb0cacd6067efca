"""What an edition of a vocabulary would change, shown before it is published."""

from typing import Any

import orjson
from fastapi import APIRouter, Response

from aiff_catalog.search.domain.queries import SearchPage
from aiff_catalog.shared.http.answers import PRIVATE
from aiff_catalog.vocabularies.application.preview import Preview, SearchChange
from aiff_catalog.vocabularies.entrypoints.http.editing import EditVocabularies
from aiff_catalog.vocabularies.entrypoints.http.schemas import (
    CodeUsers,
    PreviewRequest,
    SearchEffect,
    VocabularyName,
    VocabularyPreviewView,
)
from aiff_catalog.vocabularies.entrypoints.http.services import Vocabularies
from aiff_contracts.codec import dump_json
from aiff_kit.http import NoParameters, StrictRoute

router = APIRouter(
    prefix="/v1/vocabularies",
    tags=["vocabularies"],
    route_class=StrictRoute,
    dependencies=[NoParameters],
)

_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": VocabularyPreviewView}}


@router.post("/{name}/preview", responses=_ANSWERS)
async def preview_vocabulary_edition(
    name: VocabularyName,
    asked: PreviewRequest,
    kept: Vocabularies,
    principal: EditVocabularies,
) -> Response:
    """Compare the draft, or these entries, with the edition that holds; nothing is stored."""
    del principal
    preview = await kept.previews.of(name, asked.entries, asked.searches)
    body = dump_json(_view(preview))
    return Response(body, headers={"Cache-Control": PRIVATE}, media_type="application/json")


def _view(preview: Preview) -> VocabularyPreviewView:
    return VocabularyPreviewView(
        name=preview.name,
        lost=tuple(CodeUsers(code=code, offers=tuple(own)) for code, own in preview.lost.items()),
        models=preview.models,
        used=preview.used,
        compared=preview.compared,
        searches=tuple(_effect(search) for search in preview.searches),
    )


def _effect(change: SearchChange) -> SearchEffect:
    return SearchEffect(
        q=change.text,
        before=_slugs(change.before),
        after=_slugs(change.after),
        total_before=change.before.total,
        total_after=change.after.total,
    )


def _slugs(page: SearchPage) -> tuple[str, ...]:
    return tuple(orjson.loads(item)["slug"] for item in page.items)
