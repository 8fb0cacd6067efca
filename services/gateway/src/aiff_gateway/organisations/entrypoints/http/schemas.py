"""The bodies of the routes of organisations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_gateway.credentials.entrypoints.http.schemas import BelongingBody
from aiff_gateway.organisations.application.teams import Member
from aiff_gateway.organisations.domain.organisations import (
    MemberRole,
    Organisation,
    OrganisationKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBody(Strict):
    """The name and kind of a new organisation: startup, lab or public_body.

    Nobody founds a partner: ask to represent the organisation that the catalogue lists.
    """

    name: Annotated[str, MinLen(2), MaxLen(120)]
    kind: OrganisationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamBody(Strict):
    """An organisation. `organisation` is its slug, which never changes."""

    organisation: str
    name: str
    kind: OrganisationKind
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamListBody(Strict):
    """The organisations that the caller may act for, longest first."""

    items: tuple[BelongingBody, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleBody(Strict):
    """What somebody is to be in the organisation."""

    role: MemberRole


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberBody(Strict):
    """Somebody who belongs to the organisation, as the others see them."""

    person: UUID
    email: str
    role: MemberRole
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberListBody(Strict):
    """Who belongs to the organisation, longest first; at most 500."""

    items: tuple[MemberBody, ...]


def team_body(organisation: Organisation) -> TeamBody:
    """Return an organisation as it is shown."""
    return TeamBody(
        organisation=organisation.slug,
        name=organisation.name,
        kind=organisation.kind,
        created_at=organisation.created_at,
    )


def member_body(member: Member) -> MemberBody:
    """Return a member as the others see them."""
    return MemberBody(
        person=member.membership.person,
        email=member.email,
        role=member.membership.role,
        since=member.membership.since,
    )
