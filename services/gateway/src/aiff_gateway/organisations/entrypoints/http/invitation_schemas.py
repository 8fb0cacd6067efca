"""The bodies of the routes of invitations and advisers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_gateway.mail.domain.letters import Language
from aiff_gateway.organisations.application.advising import NamedAdviser
from aiff_gateway.organisations.domain.invitations import Invitation, InvitationState
from aiff_gateway.organisations.domain.organisations import MemberRole, Organisation
from aiff_kit.auth import Scope, known_scopes

Address = Annotated[str, MinLen(3), MaxLen(254)]
AdviserScopes = Annotated[tuple[Scope, ...], MinLen(1), MaxLen(len(Scope))]


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteBody(Strict):
    """Whom to invite, as what, and the language of the letter."""

    email: Address
    role: MemberRole
    language: Language = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteAdviserBody(Strict):
    """Whom to let act for the organisation, within which scopes, and the letter's language.

    An adviser may be given startups:read, startups:write and introductions:request.
    """

    email: Address
    scopes: AdviserScopes
    language: Language = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserScopesBody(Strict):
    """What an adviser may do from now on, in the place of what was named before."""

    scopes: AdviserScopes


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptBody(Strict):
    """The token of an invitation: the part of its address behind the number sign."""

    token: Annotated[str, MinLen(20), MaxLen(100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationBody(Strict):
    """An invitation. `role` is null where it offers to advise, within `scopes`."""

    id: UUID
    organisation: str
    email: str
    role: MemberRole | None
    scopes: tuple[Scope, ...]
    state: InvitationState
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationListBody(Strict):
    """The organisation's invitations, newest first."""

    items: tuple[InvitationBody, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedInvitationBody(Strict):
    """An open invitation to the caller's address; the token to accept it is in the letter."""

    id: UUID
    organisation: str
    name: str
    role: MemberRole | None
    scopes: tuple[Scope, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedInvitationListBody(Strict):
    """The open invitations to the caller's address, newest first."""

    items: tuple[ReceivedInvitationBody, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserBody(Strict):
    """Somebody who acts for the organisation without belonging to it, and what they may do."""

    person: UUID
    email: str
    scopes: tuple[Scope, ...]
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserListBody(Strict):
    """The organisation's advisers, longest first."""

    items: tuple[AdviserBody, ...]


def invitation_body(invitation: Invitation, now: datetime) -> InvitationBody:
    """Return an invitation as the organisation sees it."""
    return InvitationBody(
        id=invitation.id,
        organisation=invitation.organisation,
        email=invitation.email,
        role=invitation.offered.role,
        scopes=tuple(sorted(known_scopes(invitation.offered.scopes))),
        state=invitation.state(now),
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )


def received_body(found: tuple[Invitation, Organisation]) -> ReceivedInvitationBody:
    """Return an invitation as whoever received it sees it."""
    invitation, organisation = found
    return ReceivedInvitationBody(
        id=invitation.id,
        organisation=organisation.slug,
        name=organisation.name,
        role=invitation.offered.role,
        scopes=tuple(sorted(known_scopes(invitation.offered.scopes))),
        expires_at=invitation.expires_at,
    )


def adviser_body(named: NamedAdviser) -> AdviserBody:
    """Return an adviser as the organisation sees them."""
    return AdviserBody(
        person=named.adviser.person,
        email=named.email,
        scopes=tuple(sorted(known_scopes(named.adviser.scopes))),
        since=named.adviser.since,
    )
