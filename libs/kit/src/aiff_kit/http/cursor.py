"""Pages of a list, and cursors: where it goes on, signed and tied to the filters chosen."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import orjson
from pydantic import BaseModel, ConfigDict, Field

from aiff_kit.problems import CURSOR_MISMATCH, Problem

_SIGNATURE_BYTES = 16
MOST_ITEMS = 100
NOT_FILTERED: Mapping[str, str] = {}

T = TypeVar("T")


class CursorSigner:
    """Makes and checks cursors with a secret of the service."""

    def __init__(self, secret: str) -> None:
        """Derive a key of its own from the secret."""
        self._key = hashlib.sha256(b"cursor:" + secret.encode()).digest()

    def encode(self, position: Any, filters: Any) -> str:
        """Return the cursor for a position (JSON-like) under these filters (JSON-like)."""
        payload = orjson.dumps(position)
        return urlsafe_b64encode(self._sign(payload, filters) + payload).decode().rstrip("=")

    def decode(self, cursor: str, filters: Any) -> Any:
        """Return the position, or raise the 400 problem `cursor-mismatch`."""
        try:
            raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except (ValueError, UnicodeEncodeError) as error:
            raise Problem(CURSOR_MISMATCH, "the cursor is damaged") from error
        signature, payload = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._sign(payload, filters)):
            raise Problem(CURSOR_MISMATCH, "the cursor was made for other filters or altered")
        return orjson.loads(payload)

    def _sign(self, payload: bytes, filters: Any) -> bytes:
        bound = orjson.dumps(filters, option=orjson.OPT_SORT_KEYS) + b"\n" + payload
        return hmac.new(self._key, bound, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


class PageParameters(BaseModel):
    """The parameters of a list."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(default=20, ge=1, le=MOST_ITEMS)
    cursor: str | None = Field(default=None, max_length=500)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The items to show, the cursor of what follows (None at the end), and the Link to it."""

    items: Sequence[T]
    next: str | None
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paging:
    """One question for a page: the list's address, the parameters, and the filters chosen.

    A cursor holds for the same address and the same filters alone.
    """

    cursors: CursorSigner
    path: str
    parameters: PageParameters
    chosen: Mapping[str, str]

    def page(
        self, read: Callable[[Any, int], Sequence[T]], position: Callable[[T], Any]
    ) -> Page[T]:
        """Return a page; `read` gives at most so many items after a position (None: the start)."""
        filters: list[object] = [self.path, *([dict(self.chosen)] if self.chosen else ())]
        cursor, limit = self.parameters.cursor, self.parameters.limit
        after = self.cursors.decode(cursor, filters) if cursor else None
        items = read(after, limit + 1)
        shown = items[:limit]
        if len(items) <= len(shown):
            return Page(shown, None, {})
        following = self.cursors.encode(position(shown[-1]), filters)
        query = urlencode({**self.chosen, "limit": limit, "cursor": following})
        return Page(shown, following, {"Link": f'<{self.path}?{query}>; rel="next"'})
