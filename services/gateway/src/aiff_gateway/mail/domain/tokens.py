"""Addresses of letters that need no sign-in: digests of whom they were sent to, and signed tokens.

Neither holds an address: what names a reader in a link or in the table of stops says nothing to
whoever finds it.
"""

from dataclasses import dataclass

from aiff_gateway.mail.domain.errors import UnreadableTokenError
from aiff_gateway.mail.domain.letters import MailingList
from aiff_gateway.shared.tokens import Signing

_DIGEST_BYTES = 32
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
        self._addresses = Signing("mail-address", secret)
        self._links = Signing("mail-token", secret)

    def digest(self, address: str) -> str:
        """Return the digest of an address, in whichever case it is written."""
        return self._addresses.digest(address.casefold())

    def token(self, what: Unsubscription) -> str:
        """Return what a link carries. It never expires: an old letter can be unsubscribed from."""
        return self._links.token(bytes.fromhex(what.address_digest) + what.mailing_list.encode())

    def read(self, token: str) -> Unsubscription:
        """Return what a token names, or raise UnreadableTokenError."""
        payload = self._links.payload(token)
        if payload is None:
            raise UnreadableTokenError(_DAMAGED)
        digest, named = payload[:_DIGEST_BYTES], payload[_DIGEST_BYTES:]
        try:
            return Unsubscription(digest.hex(), MailingList(named.decode()))
        except ValueError as error:
            # A list that an earlier release had.
            raise UnreadableTokenError(_DAMAGED) from error
