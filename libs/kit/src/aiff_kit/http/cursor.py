"""Cursors: where a list goes on, signed and tied to the filters they were made for."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import orjson

from aiff_kit.problems import CURSOR_MISMATCH, Problem

_SIGNATURE_BYTES = 16


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
