"""Organisations and who belongs to them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.organisations.domain.errors import (
    AlreadyMemberError,
    InvalidOrganisationError,
    LastAdministratorError,
)

MAX_MEMBERS = 500
MAX_MEMBERSHIPS = 50
_LONGEST_NAME = 120
_LONGEST_STEM = 60
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


class OrganisationKind(StrEnum):
    """What an organisation is: a partner lists offers, the others look for them."""

    PARTNER = "partner"
    STARTUP = "startup"
    LAB = "lab"
    PUBLIC_BODY = "public_body"


# A partner speaks for what the catalogue lists, so only a curator's approval makes one.
FOUNDED_ALONE = frozenset(OrganisationKind) - {OrganisationKind.PARTNER}


class MemberRole(StrEnum):
    """What somebody is in an organisation, least first."""

    MEMBER = "member"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Some people under one name. Its slug never changes and is never given again.

    Private objects and listings belong to the slug.
    """

    slug: str
    name: str
    kind: OrganisationKind
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That a person (the id of an account) belongs to an organisation (its slug), and as what."""

    organisation: str
    person: UUID
    role: MemberRole
    since: datetime

    @property
    def administers(self) -> bool:
        """Tell whether the member decides who else belongs."""
        return self.role is MemberRole.ADMINISTRATOR

    def with_role(self, role: MemberRole) -> "Membership":
        """Return it in another role."""
        return replace(self, role=role)


def checked_name(text: str) -> str:
    """Return an organisation's name as it is kept, or raise InvalidOrganisationError."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 < len(name) <= _LONGEST_NAME or not any(sign.isalnum() for sign in name):
        message = f"an organisation's name has 2 to {_LONGEST_NAME} characters, a letter among them"
        raise InvalidOrganisationError(message)
    return name


def slug_from(name: str, tail: str) -> str:
    """Return the slug of an organisation that somebody founds.

    `tail` is random: a slug with one is never that of an organisation in the catalogue, whose
    listings belong to whoever acts for its slug.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = _NO_LETTERS.sub("-", plain).strip("-")[:_LONGEST_STEM].strip("-")
    return f"{stem or 'team'}-{tail}"


def joined(members: Sequence[Membership], new: Membership) -> Membership:
    """Return a new membership, or raise AlreadyMemberError where the person belongs already."""
    if any(one.person == new.person for one in members):
        message = "this person belongs to the organisation already; change the role instead"
        raise AlreadyMemberError(message)
    if len(members) >= MAX_MEMBERS:
        message = f"an organisation has at most {MAX_MEMBERS} members"
        raise AlreadyMemberError(message)
    return new


def check_administered_without(members: Sequence[Membership], person: UUID) -> None:
    """Raise LastAdministratorError where nobody but this person administers the organisation."""
    if not any(one.administers for one in members if one.person != person):
        message = "the last administrator stays until another member is made administrator"
        raise LastAdministratorError(message)


def place_by_role(role: Role) -> tuple[OrganisationKind, MemberRole]:
    """Return what an operator means by adding an account in a role for an organisation.

    Staff belong to theirs without acting in it: what they do, they may do everywhere.
    """
    if role is Role.STARTUP:
        return OrganisationKind.STARTUP, MemberRole.ADMINISTRATOR
    if role is Role.PARTNER:
        return OrganisationKind.PARTNER, MemberRole.ADMINISTRATOR
    return OrganisationKind.PARTNER, MemberRole.MEMBER
