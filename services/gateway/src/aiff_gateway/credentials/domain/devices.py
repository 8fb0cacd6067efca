"""Devices on which somebody has signed in: a signed mark that the device keeps.

The mark opens nothing. It tells at the next sign-in that its holder has been here, so that wrong
passwords of others do not make them wait (a device cookie, as OWASP describes it).
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes
from uuid import UUID

_NONCE_BYTES = 12
_ID_BYTES = 16
_SIGNATURE_BYTES = 16
LONGEST_MARK = 80


class SignInSecrets:
    """Makes and reads marks, and names what failures are counted for without keeping it."""

    def __init__(self, secret: str) -> None:
        """Derive the keys from the secret of the services."""
        self._of_marks = sha256(b"sign-in-device:" + secret.encode()).digest()
        self._of_keys = sha256(b"sign-in-tries:" + secret.encode()).digest()

    def key(self, *parts: str) -> str:
        """Return the digest of what is counted: nobody reads an address out of it."""
        text = "\n".join(parts).encode()
        return hmac.new(self._of_keys, text, sha256).hexdigest()

    def mark(self, person: UUID) -> str:
        """Return a new mark for a device of a person."""
        payload = person.bytes + token_bytes(_NONCE_BYTES)
        return urlsafe_b64encode(self._signature(payload) + payload).decode().rstrip("=")

    def is_of(self, mark: str | None, person: UUID) -> bool:
        """Tell whether a mark was made here for a person."""
        try:
            raw = urlsafe_b64decode((mark or "") + "=" * (-len(mark or "") % 4))
        except ValueError:
            return False
        signature, payload = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        is_ours = hmac.compare_digest(signature, self._signature(payload))
        return is_ours and payload[:_ID_BYTES] == person.bytes

    def _signature(self, payload: bytes) -> bytes:
        return hmac.new(self._of_marks, payload, sha256).digest()[:_SIGNATURE_BYTES]
