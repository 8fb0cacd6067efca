"""The vocabularies, for forms and filters."""

from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from aiff_catalog.application.vocabularies import vocabularies
from aiff_catalog.entrypoints.http.answers import content_etag, public_json
from aiff_kit.http import NoParameters

router = APIRouter(prefix="/v1/vocabularies", tags=["vocabularies"], dependencies=[NoParameters])

# They change with the code only.
_BODY = orjson.dumps(vocabularies())
_ETAG = content_etag(_BODY)


@router.get("", responses={200: {"model": dict[str, Any]}})
async def read_vocabularies(request: Request) -> Response:
    """Return every code that offers, rules and filters use, with its French and English words."""
    return public_json(request, _BODY, _ETAG)
