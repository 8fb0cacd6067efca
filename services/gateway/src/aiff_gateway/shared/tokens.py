"""Random tokens, and signed ones: texts that are handed out and known again.

Of a random token only a digest is kept. A signed one is kept nowhere: it holds what it says, and a
signature under a key of its own purpose, derived from the secret of the services.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_urlsafe

_SIGNATURE_BYTES = 16


def new_token() -> str:
    """Return 256 random bits, to be sent and not kept."""
    return token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal.

    A plain hash is enough here: unlike a password, 256 random bits cannot be guessed.
    """
    return sha256(token.encode()).hexdigest()


class Signing:
    """Digests and signed tokens for one purpose."""

    def __init__(self, purpose: str, secret: str) -> None:
        """Derive the key of the purpose from the secret."""
        self._key = sha256(f"{purpose}:{secret}".encode()).digest()

    def digest(self, text: str) -> str:
        """Return a digest out of which nobody reads the text who has not the secret."""
        return hmac.new(self._key, text.encode(), sha256).hexdigest()

    def token(self, payload: bytes) -> str:
        """Return a token that says the payload."""
        return urlsafe_b64encode(self._signature(payload) + payload).decode().rstrip("=")

    def payload(self, token: str) -> bytes | None:
        """Return what a token says, None where it was not made here for this purpose."""
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError:
            return None
        signature, payload = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        return payload if hmac.compare_digest(signature, self._signature(payload)) else None

    def _signature(self, payload: bytes) -> bytes:
        return hmac.new(self._key, payload, sha256).digest()[:_SIGNATURE_BYTES]
