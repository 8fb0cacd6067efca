"""Who calls, as the signature of a route names it, and answers as bytes.

A route that asks for a right refuses others. All answers are private: none may be kept by a shared
cache.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

import orjson
from fastapi import Request, Response

from aiff_kit.auth import AnyCaller, Principal, Scope, requires
from aiff_kit.http import if_none_match, versioned_etag
from aiff_kit.problems import FORBIDDEN, Problem

AnswerIntroductions = Annotated[Principal, requires(Scope.INTRODUCTIONS_ANSWER)]
Caller = Annotated[Principal, AnyCaller]
CurateIntroductions = Annotated[Principal, requires(Scope.INTRODUCTIONS_CURATE)]
FindStartUps = Annotated[Principal, requires(Scope.STARTUPS_FIND)]
ReadStartUps = Annotated[Principal, requires(Scope.STARTUPS_READ)]
RequestIntroductions = Annotated[Principal, requires(Scope.INTRODUCTIONS_REQUEST)]
TransferStartUps = Annotated[Principal, requires(Scope.STARTUPS_TRANSFER)]
WriteOffers = Annotated[Principal, requires(Scope.OFFERS_WRITE)]
WriteStartUps = Annotated[Principal, requires(Scope.STARTUPS_WRITE)]

PRIVATE = {"Cache-Control": "private, no-store"}
_NONE: Mapping[str, str] = {}


def organisation_of(principal: Principal) -> str:
    """Return the organisation that the caller acts for; without one the request is refused."""
    if principal.organisation is None:
        raise Problem(FORBIDDEN, "this operation is for accounts that act for an organisation")
    return principal.organisation


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
