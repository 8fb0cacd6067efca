"""What a form of a page sends, read as pairs of name and text; nothing of it is kept."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from fastapi import Request

from aiff_portal.ui.domain.refusals import Refusal, RefusedError

LARGEST_FORM = 65_536
_MOST_FIELDS = 500
_TYPE = "application/x-www-form-urlencoded"
_TOO_LARGE, _UNREADABLE = 413, 422


async def posted(request: Request) -> Sequence[tuple[str, str]]:
    """Return the fields in the order of the form; RefusedError where no page could have sent it.

    Forms of pages are short: at most 64 KiB and 500 fields, in UTF-8.
    """
    given = request.headers.get("content-type", "")
    if given.partition(";")[0].strip().lower() != _TYPE:
        raise RefusedError(Refusal(_UNREADABLE))
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            raise RefusedError(Refusal(_TOO_LARGE))
    return _pairs(body)


def _pairs(body: bytes) -> Sequence[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise RefusedError(Refusal(_UNREADABLE)) from error
