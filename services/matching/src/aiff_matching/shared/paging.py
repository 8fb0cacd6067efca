"""Pages of a list in the order of ids."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from fastapi import Request, Response

from aiff_kit.http import NOT_FILTERED, CursorSigner, PageParameters, Paging
from aiff_matching.shared.http import private_json
from aiff_matching.shared.provided import part_of


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
    asked = Paging(part_of(request, CursorSigner), request.url.path, parameters, chosen)
    found = asked.page(lambda after, most: read(after or "", most), lambda item: str(item.id))
    listed = {"items": [body(item) for item in found.items], "next": found.next, "prev": None}
    return private_json(listed, headers=found.headers)
