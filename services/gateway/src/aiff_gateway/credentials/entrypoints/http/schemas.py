"""The bodies of the gateway's own routes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen
from pydantic import AwareDatetime

from aiff_contracts.language import Strict
from aiff_gateway.accounts.domain.accounts import MAX_PASSWORD_LENGTH
from aiff_gateway.credentials.domain.credentials import Credential, CredentialKind
from aiff_kit.auth import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInBody(Strict):
    """E-mail and password of an account."""

    email: Annotated[str, MinLen(3), MaxLen(254)]
    password: Annotated[str, MinLen(1), MaxLen(MAX_PASSWORD_LENGTH)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionBody(Strict):
    """A session. The token is shown only here; send it as `Authorization: Bearer`."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeBody(Strict):
    """Who the gateway takes the caller for."""

    subject: str
    organisation: str | None
    scopes: tuple[Scope, ...]
    credential: CredentialKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateKeyBody(Strict):
    """A name to recognise the key by, what it may do, and until when (for ever if left out)."""

    name: Annotated[str, MinLen(1), MaxLen(120)]
    scopes: Annotated[tuple[Scope, ...], MinLen(1), MaxLen(len(Scope))]
    expires_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyBody(Strict):
    """A key as it can be shown again: without its secret."""

    id: UUID
    name: str
    prefix: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKeyBody(Strict):
    """A new key. `token` is shown only here: keep it where secrets are kept."""

    key: KeyBody
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyListBody(Strict):
    """The caller's keys, newest first; an account has few, so there is one page."""

    items: tuple[KeyBody, ...]


def key_body(key: Credential) -> KeyBody:
    """Return a key as it is shown."""
    return KeyBody(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        scopes=tuple(sorted(Scope(scope) for scope in key.scopes)),
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        last_used_at=key.last_used_at,
    )
