"""Answers as bytes. All of them are private: nothing here may be kept by a shared cache."""

from collections.abc import Mapping
from decimal import Decimal

import orjson
from fastapi import Request, Response

from aiff_kit.http import if_none_match, versioned_etag

PRIVATE = {"Cache-Control": "private, no-store"}
_NONE: Mapping[str, str] = {}


def private_json(body: object, status: int = 200, headers: Mapping[str, str] = _NONE) -> Response:
    """Return an object as JSON; amounts are exact texts."""
    raw = orjson.dumps(body, default=_exact, option=orjson.OPT_UTC_Z)
    return Response(raw, status, PRIVATE | dict(headers), media_type="application/json")


def versioned(request: Request, body: object, version: int) -> Response:
    """Return an object with its ETag, or 304 where the client already holds it."""
    etag = versioned_etag(version)
    if if_none_match(request, etag):
        return Response(status_code=304, headers=PRIVATE | {"ETag": etag})
    return private_json(body, headers={"ETag": etag})


def tagged(version: int) -> dict[str, str]:
    """Return the header that names an object's version for the next change."""
    return {"ETag": versioned_etag(version)}


def _exact(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    message = f"{type(value).__name__} has no JSON form"
    raise TypeError(message)
