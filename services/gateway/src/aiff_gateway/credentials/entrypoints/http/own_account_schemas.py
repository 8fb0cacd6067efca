"""The bodies of what people ask for and change about their own account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.accounts.domain.links import LONGEST_TOKEN
from aiff_gateway.accounts.domain.passwords import MAX_PASSWORD_LENGTH
from aiff_gateway.mail.domain.letters import Language

Email = Annotated[str, MinLen(3), MaxLen(254)]
Password = Annotated[str, MinLen(1), MaxLen(MAX_PASSWORD_LENGTH)]
Token = Annotated[str, MinLen(1), MaxLen(LONGEST_TOKEN)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskByMailBody(Strict):
    """The address that a link is sent to, in which language if it has no account."""

    email: Email
    language: Language = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePasswordBody(Strict):
    """What stands behind `#` in the link of the letter, and the password that is chosen."""

    token: Token
    password: Password


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasswordBody(Strict):
    """The password that is chosen."""

    password: Password


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddressBody(Strict):
    """The address that the account is to have."""

    email: Email


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowLinkBody(Strict):
    """What stands behind `#` in the link of the letter."""

    token: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageBody(Strict):
    """The language of the letters that somebody gets."""

    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountBody(Strict):
    """A person's account, for that person alone."""

    id: UUID
    email: str
    language: Language
    created_at: datetime
    has_password: bool


def account_body(account: Account) -> AccountBody:
    """Return an account as its person sees it."""
    return AccountBody(
        id=account.id,
        email=account.email,
        language=account.language,
        created_at=account.created_at,
        has_password=account.password_hash is not None,
    )
