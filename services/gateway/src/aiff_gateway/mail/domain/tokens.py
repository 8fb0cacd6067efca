"""Addresses of letters that need no sign-in: digests of whom they were sent to, and signed tokens.

Neither holds an address: what names a reader in a link or in the table of stops says nothing to
whoever finds it.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from aiff_gateway.mail.domain.errors import UnreadableTokenError
from aiff_gateway.mail.domain.letters import MailingList

_SIGNATURE_BYTES = 16
_DAMAGED = "this link is damaged: copy the whole of it from the letter"


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """Whose letters (as a digest) of which list are to end."""

    address_digest: str
    mailing_list: MailingList


class MailSecrets:
    """Makes digests and tokens with keys of its own, derived from the secret of the services."""

    def __init__(self, secret: str) -> None:
        """Derive the keys."""
        self._of_digests = hashlib.sha256(b"mail-address:" + secret.encode()).digest()
        self._of_tokens = hashlib.sha256(b"mail-token:" + secret.encode()).digest()

    def digest(self, address: str) -> str:
        """Return the digest of an address, in whichever case it is written."""
        text = address.casefold().encode()
        return hmac.new(self._of_digests, text, hashlib.sha256).hexdigest()

    def token(self, what: Unsubscription) -> str:
        """Return what a link carries. It never expires: an old letter can be unsubscribed from."""
        payload = bytes.fromhex(what.address_digest) + what.mailing_list.value.encode()
        return urlsafe_b64encode(self._signature(payload) + payload).decode().rstrip("=")

    def read(self, token: str) -> Unsubscription:
        """Return what a token names, or raise UnreadableTokenError."""
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            signature, payload = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
            named = Unsubscription(payload[:32].hex(), MailingList(payload[32:].decode()))
        except ValueError as error:
            raise UnreadableTokenError(_DAMAGED) from error
        if not hmac.compare_digest(signature, self._signature(payload)):
            raise UnreadableTokenError(_DAMAGED)
        return named

    def _signature(self, payload: bytes) -> bytes:
        return hmac.new(self._of_tokens, payload, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
