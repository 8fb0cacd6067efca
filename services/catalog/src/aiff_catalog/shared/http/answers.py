"""Answers as bytes, with the headers that caches and clients rely on."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

import orjson
from fastapi import Request, Response

from aiff_kit.http import if_none_match

T = TypeVar("T")
PUBLIC = "public, max-age=60, stale-while-revalidate=300"
# A list follows the index, which is a moment behind the database: a cache that was purged by
# the event must not keep for a minute what the index said just before it caught up.
PUBLIC_LIST = "public, max-age=1"
PRIVATE = "private, no-store"
_TAG_DIGITS = 24


def public_json(request: Request, body: bytes, etag: str, caching: str = PUBLIC) -> Response:
    """Return a public document, or 304 where the client already holds it."""
    headers = {"ETag": etag, "Cache-Control": caching}
    if if_none_match(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def content_etag(body: bytes) -> str:
    """Return a strong entity tag made of the bytes themselves; processors help with SHA-256."""
    return f'"{hashlib.sha256(body).hexdigest()[:_TAG_DIGITS]}"'


def page(
    items: Iterable[bytes], following: str | None, before: str | None, **more: object
) -> bytes:
    """Return the JSON of a page; `more` are further members."""
    rest = orjson.dumps({"next": following, "prev": before, **more})
    return b'{"items":[%b],%b' % (b",".join(items), rest[1:])


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """How a private list is shown: each item as JSON, and the cursor after one."""

    item: Callable[[T], bytes]
    cursor: Callable[[T], str]


def private_page(request: Request, items: Sequence[T], limit: int, shown: Shown[T]) -> Response:
    """Return a page of a list that was read with one item more, which tells whether more come."""
    kept = items[:limit]
    following = shown.cursor(kept[-1]) if len(items) > len(kept) else None
    body = page(map(shown.item, kept), following, None)
    headers = {"Cache-Control": PRIVATE, **links(request, following, None)}
    return Response(body, headers=headers, media_type="application/json")


def links(request: Request, following: str | None, before: str | None) -> dict[str, str]:
    """Return the RFC 8288 Link header of a page that was asked for with GET."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    relations = [
        f'<{request.scope["path"]}?{urlencode([*kept, ("cursor", cursor)])}>; rel="{relation}"'
        for relation, cursor in (("next", following), ("prev", before))
        if cursor is not None
    ]
    return {"Link": ", ".join(relations)} if relations else {}


def joined(first: bytes, second: bytes) -> bytes:
    """Return one JSON object with the members of two that are not empty."""
    return first[:-1] + b"," + second[1:]
