"""API keys and session tokens: opaque random text of which only a digest is kept.

A token is `aiff_` + kind letter + `_` + a visible identifier + `_` + 256 random bits + a checksum
of all that. The part before the secret is its prefix: it is shown in lists and can be searched for
in logs and repositories without giving anything away. By the checksum a scanner knows a leaked
token from a text that only looks like one, without asking anybody. Tokens of earlier releases end
with their random bits.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_hex
from uuid import UUID
from zlib import crc32

from aiff_gateway.credentials.domain.sessions import IDLE_LIFETIME, Client
from aiff_gateway.shared.tokens import digest_of, new_token

MAX_LIVE_KEYS = 50
# While keys are being rotated there are two of each.
MAX_KEYS_IN_ROTATION = 2 * MAX_LIVE_KEYS
# How long a key goes on working beside the one that replaces it.
USUAL_OVERLAP = timedelta(hours=24)
LONGEST_OVERLAP = timedelta(days=7)
# Writing "last used" at each call would turn every read into a write.
USE_NOTED_EVERY = timedelta(minutes=1)

_TOKEN = re.compile(r"(aiff_[ks]_[0-9a-f]{8}_[A-Za-z0-9_-]{43})([0-9A-Za-z]{6})?")
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# The largest CRC-32 has six digits to the base 62.
_CHECKSUM_DIGITS = 6


class CredentialKind(StrEnum):
    """An API key belongs to a program, a session to a person who signed in."""

    API_KEY = "api_key"
    SESSION = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What the gateway keeps of a token: never the token itself.

    Of a session also where it is used (`client`), the network that it was opened from (shortened)
    and when its person last proved who they are.
    """

    id: UUID
    kind: CredentialKind
    name: str
    prefix: str
    digest: str
    subject: UUID
    organisation: str | None
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    client: Client = Client.PROGRAM
    address: str | None = None
    authenticated_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Tell whether it opens anything at this moment."""
        return self.revoked_at is None and (self.ends_at is None or now < self.ends_at)

    @property
    def ends_at(self) -> datetime | None:
        """Return when it opens nothing any more if nobody uses it; None: never."""
        if self.kind is not CredentialKind.SESSION:
            return self.expires_at
        idle = (self.last_used_at or self.created_at) + IDLE_LIFETIME[self.client]
        return idle if self.expires_at is None else min(idle, self.expires_at)

    def revoked(self, now: datetime) -> "Credential":
        """Return it revoked; the first revocation stays the one that counts."""
        return self if self.revoked_at else replace(self, revoked_at=now)

    def ending(self, at: datetime) -> "Credential":
        """Return it with an end, unless it ends earlier already."""
        ends = at if self.expires_at is None else min(at, self.expires_at)
        return replace(self, expires_at=ends)

    def replaced(self, issued: "IssuedToken", now: datetime, new_id: UUID) -> "Credential":
        """Return what takes its place under a new token: the same in all but age."""
        return replace(
            self,
            id=new_id,
            prefix=issued.prefix,
            digest=issued.digest,
            created_at=now,
            revoked_at=None,
            last_used_at=None,
        )

    def use_is_due(self, now: datetime) -> bool:
        """Tell whether its use should be noted again."""
        return self.last_used_at is None or now - self.last_used_at >= USE_NOTED_EVERY


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token, shown once, with what is kept of it."""

    token: str
    prefix: str
    digest: str


@dataclass(frozen=True, slots=True)
class IssuedCredential:
    """A new credential with its token, which is shown this once."""

    credential: Credential
    token: str


def issue(kind: CredentialKind) -> IssuedToken:
    """Make a token with 256 random bits."""
    letter = "k" if kind is CredentialKind.API_KEY else "s"
    prefix = f"aiff_{letter}_{token_hex(4)}"
    unchecked = f"{prefix}_{new_token()}"
    token = unchecked + checksum_of(unchecked)
    return IssuedToken(token, prefix, digest_of(token))


def checksum_of(text: str) -> str:
    """Return the checksum at the end of a token: CRC-32 in six digits 0-9, A-Z, a-z."""
    rest, digits = crc32(text.encode()), ""
    for _ in range(_CHECKSUM_DIGITS):
        rest, digit = divmod(rest, len(_BASE62))
        digits = _BASE62[digit] + digits
    return digits


def is_token(text: str) -> bool:
    """Tell whether a text is a token of this gateway by its form and, with one, its checksum."""
    found = _TOKEN.fullmatch(text)
    return found is not None and found[2] in {None, checksum_of(found[1])}
