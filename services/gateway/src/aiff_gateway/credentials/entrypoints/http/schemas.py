"""The bodies of the gateway's own routes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_gateway.accounts.domain.passwords import MAX_PASSWORD_LENGTH
from aiff_gateway.credentials.application.sessions import SignedIn
from aiff_gateway.credentials.domain.credentials import Credential, CredentialKind, IssuedCredential
from aiff_gateway.credentials.domain.devices import LONGEST_MARK
from aiff_gateway.credentials.domain.scopes import Belonging
from aiff_gateway.credentials.domain.sessions import Client
from aiff_kit.auth import Scope, known_scopes


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInBody(Strict):
    """E-mail and password of an account.

    `client` is where the session will be used: a page's ends after 14 days without a visit and
    after 30 in any case, a program's after 12 hours. `device` is what the last sign-in on this
    device answered: with it nobody else's wrong passwords make its holder wait.
    """

    email: Annotated[str, MinLen(3), MaxLen(254)]
    password: Annotated[str, MinLen(1), MaxLen(MAX_PASSWORD_LENGTH)]
    client: Client = Client.PROGRAM
    device: Annotated[str, MinLen(1), MaxLen(LONGEST_MARK)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionBody(Strict):
    """A session. The token is shown only here; send it as `Authorization: Bearer`."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInBody(Strict):
    """A new session. The token is shown only here; send it as `Authorization: Bearer`.

    `device` is to be kept on the device, apart from the session, and shown at its next sign-in.
    """

    token: str
    expires_at: datetime
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSessionBody(Strict):
    """An open session: where it is used, since when, and until when if nobody uses it.

    `network` is where it was opened from, shortened; `current` is the one that asks.
    """

    id: UUID
    client: Client
    network: str | None
    organisation: str | None
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSessionListBody(Strict):
    """The caller's open sessions, newest first; a person has few, so there is one page."""

    items: tuple[OpenSessionBody, ...]


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


def session_body(issued: IssuedCredential) -> SessionBody:
    """Return a session that goes on under a new token, as it is shown this once."""
    expires_at = issued.credential.expires_at
    assert expires_at is not None  # noqa: S101  Every session expires.
    return SessionBody(token=issued.token, expires_at=expires_at)


def signed_in_body(signed_in: SignedIn) -> SignedInBody:
    """Return a new session as it is shown this once."""
    issued = signed_in.issued
    expires_at = issued.credential.expires_at
    assert expires_at is not None  # noqa: S101  Every session expires.
    return SignedInBody(token=issued.token, expires_at=expires_at, device=signed_in.device)


def open_session_body(session: Credential, current: UUID) -> OpenSessionBody:
    """Return a session as its person sees it."""
    ends_at = session.ends_at
    assert ends_at is not None  # noqa: S101  Every session ends.
    return OpenSessionBody(
        id=session.id,
        client=session.client,
        network=session.address,
        organisation=session.organisation,
        created_at=session.created_at,
        last_used_at=session.last_used_at,
        expires_at=ends_at,
        current=session.id == current,
    )


def belonging_body(one: Belonging) -> BelongingBody:
    """Return an organisation as one of its people sees it."""
    return BelongingBody(
        organisation=one.organisation,
        name=one.name,
        kind=one.kind,
        role=one.role,
        scopes=tuple(sorted(known_scopes(one.scopes))),
    )
