"""The bodies of the gateway's own routes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_gateway.accounts.domain.accounts import MAX_PASSWORD_LENGTH
from aiff_gateway.credentials.domain.credentials import CredentialKind
from aiff_gateway.credentials.domain.scopes import Belonging
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
class ActForBody(Strict):
    """The slug of an organisation to which the caller belongs or which they advise.

    With null they act for nobody else.
    """

    organisation: Annotated[str, MinLen(1), MaxLen(80)] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BelongingBody(Strict):
    """An organisation that the caller may act for, and what they may do there.

    `role` is member, editor or administrator; null where the caller advises the organisation.
    """

    organisation: str
    name: str
    kind: str
    role: str | None
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeBody(Strict):
    """Who the gateway takes the caller for.

    `organisation` is the slug of the one that they belong to and act for, `acting_for` that of
    one that they advise and act for; `belongings` are all that they may act for.
    """

    subject: str
    organisation: str | None
    acting_for: str | None
    scopes: tuple[Scope, ...]
    credential: CredentialKind
    belongings: tuple[BelongingBody, ...]


def belonging_body(one: Belonging) -> BelongingBody:
    """Return an organisation as one of its people sees it."""
    return BelongingBody(
        organisation=one.organisation,
        name=one.name,
        kind=one.kind,
        role=one.role,
        scopes=tuple(sorted(map(Scope, one.scopes))),
    )
