"""Devices on which somebody has signed in: a signed mark that the device keeps.

The mark opens nothing. It tells at the next sign-in that its holder has been here, so that wrong
passwords of others do not make them wait (a device cookie, as OWASP describes it).
"""

from secrets import token_bytes
from uuid import UUID

from aiff_gateway.shared.tokens import Signing

_NONCE_BYTES = 12
_ID_BYTES = 16
LONGEST_MARK = 80


class SignInSecrets:
    """Makes and reads marks, and names what failures are counted for without keeping it."""

    def __init__(self, secret: str) -> None:
        """Derive the keys from the secret of the services."""
        self._marks = Signing("sign-in-device", secret)
        self._tries = Signing("sign-in-tries", secret)

    def key(self, *parts: str) -> str:
        """Return the digest of what is counted: nobody reads an address out of it."""
        return self._tries.digest("\n".join(parts))

    def mark(self, person: UUID) -> str:
        """Return a new mark for a device of a person."""
        return self._marks.token(person.bytes + token_bytes(_NONCE_BYTES))

    def is_of(self, mark: str | None, person: UUID) -> bool:
        """Tell whether a mark was made here for a person."""
        payload = self._marks.payload(mark or "")
        return payload is not None and payload[:_ID_BYTES] == person.bytes
