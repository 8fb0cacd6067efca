"""The vocabularies, for forms and filters."""

from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from aiff_catalog.shared.http.answers import PUBLIC_LIST, content_etag, public_json
from aiff_catalog.shared.http.services import services_of
from aiff_catalog.vocabularies.domain.labels import vocabularies
from aiff_catalog.vocabularies.entrypoints.http.services import VocabularyServices
from aiff_kit.http import IF_NONE_MATCH, NoParameters, sent_with

router = APIRouter(prefix="/v1/vocabularies", tags=["vocabularies"], dependencies=[NoParameters])


@router.get("", responses={200: {"model": dict[str, Any]}}, openapi_extra=sent_with(IF_NONE_MATCH))
async def list_vocabularies(request: Request) -> Response:
    """Return every code that offers, rules and filters use, with its French and English words.

    The words of the lists are those of the editions that hold.
    """
    body = orjson.dumps(
        vocabularies(await services_of(request, VocabularyServices).words.current())
    )
    return public_json(request, body, content_etag(body), PUBLIC_LIST)
