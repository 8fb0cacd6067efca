"""Pages of a list in the order of ids, with signed cursors."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from aiff_kit.http import CursorSigner
from aiff_matching.shared.http import private_json
from aiff_matching.shared.provided import part_of

MOST_ITEMS = 100


class PageParameters(BaseModel):
    """The parameters of a list."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(default=20, ge=1, le=MOST_ITEMS)
    cursor: str | None = Field(default=None, max_length=500)


NOT_FILTERED: Mapping[str, str] = {}


class _Kept(Protocol):
    @property
    def id(self) -> UUID:
        """Return the id by which the list is ordered."""


T = TypeVar("T", bound=_Kept)


def page(
    request: Request,
    parameters: PageParameters,
    read: Callable[[str, int], Sequence[T]],
    body: Callable[[T], object],
    chosen: Mapping[str, str] = NOT_FILTERED,
) -> Response:
    """Return a page; `read` gives at most so many items after an id.

    `chosen` are the filters of the address: a cursor holds for the same ones alone.
    """
    cursors = part_of(request, CursorSigner)
    filters: list[object] = [request.url.path, *([dict(chosen)] if chosen else ())]
    after = cursors.decode(parameters.cursor, filters) if parameters.cursor else ""
    items = read(after, parameters.limit + 1)
    shown = items[: parameters.limit]
    following = cursors.encode(str(shown[-1].id), filters) if len(items) > len(shown) else None
    headers = {}
    if following is not None:
        query = urlencode({**chosen, "limit": parameters.limit, "cursor": following})
        address = f"{request.url.path}?{query}"
        headers["Link"] = f'<{address}>; rel="next"'
    listed = {"items": [body(item) for item in shown], "next": following, "prev": None}
    return private_json(listed, headers=headers)
