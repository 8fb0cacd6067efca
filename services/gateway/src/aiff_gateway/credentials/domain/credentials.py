"""API keys and session tokens: opaque random text of which only a digest is kept.

A token is `aiff_` + kind letter + `_` + a visible identifier + `_` + 256 random bits. The part
before the secret is its prefix: it is shown in lists and can be searched for in logs and
repositories without giving anything away.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from secrets import token_hex, token_urlsafe
from uuid import UUID

SESSION_LIFETIME = timedelta(hours=12)
MAX_LIVE_KEYS = 50
# Writing "last used" at each call would turn every read into a write.
USE_NOTED_EVERY = timedelta(minutes=1)

_TOKEN = re.compile(r"(aiff_[ks]_[0-9a-f]{8})_[A-Za-z0-9_-]{43}")


class CredentialKind(StrEnum):
    """An API key belongs to a program, a session to a person who signed in."""

    API_KEY = "api_key"
    SESSION = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What the gateway keeps of a token: never the token itself."""

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

    def is_live(self, now: datetime) -> bool:
        """Tell whether it opens anything at this moment."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def revoked(self, now: datetime) -> "Credential":
        """Return it revoked; the first revocation stays the one that counts."""
        return self if self.revoked_at else replace(self, revoked_at=now)

    def use_is_due(self, now: datetime) -> bool:
        """Tell whether its use should be noted again."""
        return self.last_used_at is None or now - self.last_used_at >= USE_NOTED_EVERY


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token, shown once, with what is kept of it."""

    token: str
    prefix: str
    digest: str


def issue(kind: CredentialKind) -> IssuedToken:
    """Make a token with 256 random bits."""
    letter = "k" if kind is CredentialKind.API_KEY else "s"
    prefix = f"aiff_{letter}_{token_hex(4)}"
    token = f"{prefix}_{token_urlsafe(32)}"
    return IssuedToken(token, prefix, digest_of(token))


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal.

    A plain hash is enough here: unlike a password, 256 random bits cannot be guessed.
    """
    return sha256(token.encode()).hexdigest()


def is_token(text: str) -> bool:
    """Tell whether a text has the form of a token of this gateway."""
    return _TOKEN.fullmatch(text) is not None
