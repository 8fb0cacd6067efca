"""Accounts of people: e-mail, role and organisation."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_gateway.accounts.domain.errors import InvalidAccountError
from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.mail.domain.letters import Language

_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f.]+(\.[^@\s\x00-\x1f.]+)+")
_MAX_EMAIL_LENGTH = 254
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who can sign in: a person whose address is confirmed.

    `password_hash` is argon2id in its usual text form, None for who signs in otherwise.

    `organisation` is the slug of the one for which an operator added the account; whom it may act
    for says its memberships.
    """

    id: UUID
    email: str
    password_hash: str | None
    role: Role
    organisation: str | None
    created_at: datetime
    language: Language = "fr"


def normalised_email(text: str) -> str:
    """Return an e-mail address in the one form in which it is stored and compared.

    Raises InvalidAccountError for what cannot be an address.
    """
    email = unicodedata.normalize("NFC", text.strip()).lower()
    if len(email) > _MAX_EMAIL_LENGTH or _EMAIL.fullmatch(email) is None:
        message = "this is not an e-mail address"
        raise InvalidAccountError(message)
    return email


def checked_organisation(slug: str | None, role: Role) -> str | None:
    """Return an organisation's slug; a partner always acts for one."""
    if slug is None and role is Role.PARTNER:
        message = "a partner acts for an organisation; name its slug"
        raise InvalidAccountError(message)
    if slug is not None and _SLUG.fullmatch(slug) is None:
        message = f"{slug!r} is not a slug: use a-z, 0-9 and -"
        raise InvalidAccountError(message)
    return slug
