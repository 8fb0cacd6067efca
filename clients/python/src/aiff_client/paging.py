"""All items of a list, page after page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from aiff_client.sending import Answer

T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    """What a list answers with: some items, and the cursor of those after them."""

    @property
    def items(self) -> Sequence[T_co]:
        """Return the items of this page."""

    @property
    def next(self) -> str | None:
        """Return the cursor of the next page; None on the last one."""


def each(
    operation: Callable[..., Answer[Page[T_co]]], *placed: Any, **parameters: Any
) -> Iterator[T_co]:
    """Yield the items of all pages: `each(client.search_offers, q="h100", limit=100)`.

    A page is asked for when its first item is wanted.
    """
    cursor: str | None = parameters.pop("cursor", None)
    while True:
        page = operation(*placed, cursor=cursor, **parameters).body
        yield from page.items
        cursor = page.next
        if cursor is None:
            return
