"""The bodies of the routes of API keys."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import AwareDatetime

from aiff_contracts.language import Strict
from aiff_gateway.credentials.application.api_keys import RotatedKey
from aiff_gateway.credentials.domain.credentials import (
    LONGEST_OVERLAP,
    USUAL_OVERLAP,
    Credential,
)
from aiff_kit.auth import Scope, known_scopes

_HOUR = 3600
_LONGEST_HOURS = int(LONGEST_OVERLAP.total_seconds()) // _HOUR
_USUAL_HOURS = int(USUAL_OVERLAP.total_seconds()) // _HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateKeyBody(Strict):
    """A name to recognise the key by, what it may do, and until when (for ever if left out)."""

    name: Annotated[str, MinLen(1), MaxLen(120)]
    scopes: Annotated[tuple[Scope, ...], MinLen(1), MaxLen(len(Scope))]
    expires_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateKeyBody(Strict):
    """For how many hours both keys work, and when the new one ends.

    Without `expires_at` the new key lives as long as the old one was made for.
    """

    overlap_hours: Annotated[int, Ge(0), Le(_LONGEST_HOURS)] = _USUAL_HOURS
    expires_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyBody(Strict):
    """A key as it can be shown again: without its secret.

    `organisation` is the slug of the one that it acts for, null for a key of a person who acts for
    nobody else; `person` answers for it, and it opens no more than that person may do today.
    """

    id: UUID
    name: str
    prefix: str
    organisation: str | None
    person: UUID
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
class RotatedKeyBody(Strict):
    """The new key with its token, which is shown only here, and the old one with its end."""

    key: KeyBody
    token: str
    replaced: KeyBody


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyListBody(Strict):
    """The keys that the caller manages, newest first; there are few, so there is one page."""

    items: tuple[KeyBody, ...]


def key_body(key: Credential) -> KeyBody:
    """Return a key as it is shown."""
    return KeyBody(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        organisation=key.organisation,
        person=key.subject,
        scopes=tuple(sorted(known_scopes(key.scopes))),
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        last_used_at=key.last_used_at,
    )


def rotated_key_body(rotated: RotatedKey) -> RotatedKeyBody:
    """Return both keys as they are shown."""
    return RotatedKeyBody(
        key=key_body(rotated.issued.credential),
        token=rotated.issued.token,
        replaced=key_body(rotated.ending),
    )
