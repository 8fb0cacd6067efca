"""What somebody may do in an organisation: derived when asked for, kept nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_gateway.accounts.domain.roles import OWN_SCOPES, PLATFORM_SCOPES, Role
from aiff_gateway.credentials.domain.scopes import KEYS_MANAGE, TEAMS_MANAGE, Rights
from aiff_gateway.organisations.domain.errors import NotAdvisableError
from aiff_gateway.organisations.domain.organisations import (
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
)

_ADMINISTERING = frozenset((KEYS_MANAGE, TEAMS_MANAGE))
_READS_LISTINGS = frozenset(("offers:history",))
_EDITS_LISTINGS = _READS_LISTINGS | {"introductions:answer", "offers:write", "startups:find"}
_READS_NEEDS = frozenset(("startups:read",))
_EDITS_NEEDS = _READS_NEEDS | {"introductions:request", "startups:transfer", "startups:write"}


def _by_role(
    reading: frozenset[str], editing: frozenset[str]
) -> Mapping[MemberRole, frozenset[str]]:
    return {
        MemberRole.MEMBER: reading,
        MemberRole.EDITOR: editing,
        MemberRole.ADMINISTRATOR: editing | _ADMINISTERING,
    }


_OF_PARTNERS = _by_role(_READS_LISTINGS, _EDITS_LISTINGS)
_OF_APPLICANTS = _by_role(_READS_NEEDS, _EDITS_NEEDS)
SCOPES_IN: Mapping[OrganisationKind, Mapping[MemberRole, frozenset[str]]] = {
    OrganisationKind.PARTNER: _OF_PARTNERS,
    OrganisationKind.STARTUP: _OF_APPLICANTS,
    OrganisationKind.LAB: _OF_APPLICANTS,
    OrganisationKind.PUBLIC_BODY: _OF_APPLICANTS,
}
# What an adviser may be given: acting for a start-up, never deciding who else acts for it.
ADVISABLE = _EDITS_NEEDS - {"startups:transfer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Adviser:
    """Somebody whom an organisation lets act for it within named scopes, without belonging."""

    organisation: str
    person: UUID
    scopes: frozenset[str]
    named_by: UUID
    since: datetime


def advisable(kind: OrganisationKind) -> frozenset[str]:
    """Return what an adviser of an organisation may be given."""
    return SCOPES_IN[kind][MemberRole.EDITOR] & ADVISABLE


def checked_advice(wanted: Iterable[str], kind: OrganisationKind) -> frozenset[str]:
    """Return the scopes of an adviser, or raise NotAdvisableError naming what is too much."""
    asked = frozenset(wanted)
    excess = asked - advisable(kind)
    if excess:
        raise NotAdvisableError(tuple(sorted(excess)))
    return asked


def own_rights(role: Role) -> Rights:
    """Return what somebody may do who acts for nobody else.

    Who works for the platform has no needs of their own here.
    """
    platform = PLATFORM_SCOPES[role]
    return Rights((platform or OWN_SCOPES) | {KEYS_MANAGE})


def member_rights(role: Role, organisation: Organisation, membership: Membership) -> Rights:
    """Return what a member may do in the name of an organisation.

    A platform role is held wherever its holder belongs; its holder's keys are theirs to manage.
    """
    platform = PLATFORM_SCOPES[role]
    scopes = platform | SCOPES_IN[organisation.kind][membership.role]
    return Rights(scopes | {KEYS_MANAGE} if platform else scopes, organisation=organisation.slug)


def adviser_rights(organisation: Organisation, adviser: Adviser) -> Rights:
    """Return what an adviser may do: what was named, as far as the organisation may do it."""
    scopes = adviser.scopes & advisable(organisation.kind)
    return Rights(scopes, acting_for=organisation.slug)
