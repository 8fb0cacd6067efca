"""Strict input: what JSON leaves to chance is refused before anything is validated."""

import json
import re
from collections.abc import Callable, Coroutine, Sized
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from aiff_contracts.codec import Fault
from aiff_contracts.spelling.texts import cleaned_tree
from aiff_kit.problems import MALFORMED, UNSUPPORTED_MEDIA_TYPE, Problem

_DEEPEST = 64
_AS_TYPED = frozenset({"password"})
_MOST_MEMBERS = 2_000
# UTF-8 itself holds none; an escape such as \ud800 does.
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_MERGE_PATCH = "application/merge-patch+json"


def strict_json(raw: bytes) -> Any:
    """Return the value of JSON bytes, or raise a 400 problem that says what is wrong.

    Refused besides bad syntax: repeated keys, NaN and Infinity, text with NUL or half a
    surrogate pair, more than 64 levels, more than 2,000 members in one place. Texts are cleaned,
    but for passwords: a blank of theirs counts.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
        _walk(value)
        return cleaned_tree(value, _AS_TYPED)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, ValueError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Problem(
            MALFORMED, f"the body is not acceptable JSON: {detail}", faults=[_fault(detail)]
        ) from error


class _StrictRequest(Request):
    async def json(self) -> Any:
        """Read the body strictly."""
        if not hasattr(self, "_json"):
            self._json = strict_json(await self.body())
        return self._json


class StrictRoute(APIRoute):
    """A route whose JSON body is read strictly; another media type is 415."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the framework's handler."""
        handler = super().get_route_handler()
        takes_body = self.body_field is not None

        async def strict_handler(request: Request) -> Response:
            if takes_body:
                _check_media_type(request)
            return await handler(_StrictRequest(request.scope, request.receive))

        return strict_handler


def _check_media_type(request: Request) -> None:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type not in {"application/json", _MERGE_PATCH}:
        given = media_type or "nothing"
        raise Problem(UNSUPPORTED_MEDIA_TYPE, f"send application/json, not {given}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            message = f"the key {key!r} is repeated in one object"
            raise ValueError(message)
        members[key] = value
    return members


def _no_constant(name: str) -> None:
    message = f"{name} is not JSON"
    raise ValueError(message)


def _walk(value: Any) -> None:
    """Look at every key and text once, without recursion."""
    waiting: list[tuple[Any, int]] = [(value, 1)]
    while waiting:
        current, depth = waiting.pop()
        if depth > _DEEPEST:
            raise RecursionError
        if isinstance(current, str):
            _check_text(current)
        elif isinstance(current, dict):
            _check_members(current)
            waiting.extend((key, depth) for key in current)
            waiting.extend((inner, depth + 1) for inner in current.values())
        elif isinstance(current, list):
            _check_members(current)
            waiting.extend((inner, depth + 1) for inner in current)


def _check_members(members: Sized) -> None:
    if len(members) > _MOST_MEMBERS:
        message = (
            f"a list or an object has {len(members)} members; at most {_MOST_MEMBERS:,} are taken"
        )
        raise ValueError(message)


def _check_text(text: str) -> None:
    if "\x00" in text:
        message = "a text holds the NUL character"
        raise ValueError(message)
    if not text.isascii() and _HALF_PAIR.search(text):
        message = "a text holds half a surrogate pair"
        raise ValueError(message)


def _fault(detail: str) -> Fault:
    return Fault("", "json_invalid", detail)
