"""Founding an organisation, seeing who belongs to it, changing roles, leaving."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.audit.domain import Entry, Fact
from aiff_gateway.credentials.domain.credentials import Credential
from aiff_gateway.credentials.domain.scopes import Belonging
from aiff_gateway.organisations.application.ports import OpenOrganisations, OrganisationsUnitOfWork
from aiff_gateway.organisations.domain.errors import (
    InvalidOrganisationError,
    InvalidSuccessorError,
    MemberNotFoundError,
    TeamNotFoundError,
)
from aiff_gateway.organisations.domain.organisations import (
    FOUNDED_ALONE,
    MAX_MEMBERSHIPS,
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    check_administered_without,
    checked_name,
    slug_from,
)
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id

_TAIL = 6


@dataclass(frozen=True, slots=True)
class FoundTeam:
    """Somebody founds an organisation and administers it."""

    person: UUID
    name: str
    kind: OrganisationKind


@dataclass(frozen=True, slots=True)
class Place:
    """A person's place in an organisation (its slug)."""

    organisation: str
    person: UUID


@dataclass(frozen=True, slots=True)
class GiveRole:
    """An administrator (`by`) gives a member another role."""

    place: Place
    role: MemberRole
    by: UUID


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody leaves, or is removed (`by` another); their keys there end or pass on."""

    place: Place
    by: UUID
    successor: UUID | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to an organisation, as the others see them."""

    membership: Membership
    email: str


class Teams:
    """Organisations and who belongs to them."""

    def __init__(self, open_uow: OpenOrganisations, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._clock = clock

    def found(self, command: FoundTeam) -> Organisation:
        """Found an organisation whose only member is its founder; InvalidOrganisationError."""
        if command.kind not in FOUNDED_ALONE:
            message = "to act for a partner, ask to represent the organisation in the catalogue"
            raise InvalidOrganisationError(message)
        name, now = checked_name(command.name), self._clock()
        slug = slug_from(name, new_id().hex[-_TAIL:])
        organisation = Organisation(slug=slug, name=name, kind=command.kind, created_at=now)
        with self._open_uow() as uow:
            check_room(uow, command.person)
            uow.organisations.add(organisation)
            uow.memberships.add(
                Membership(
                    organisation=slug,
                    person=command.person,
                    role=MemberRole.ADMINISTRATOR,
                    since=now,
                )
            )
            uow.audit.add(
                Entry(
                    kind="organisation.founded",
                    at=now,
                    actor=str(command.person),
                    organisation=slug,
                )
            )
            uow.commit()
        return organisation

    def of(self, person: UUID) -> Sequence[Belonging]:
        """Return whom a person may act for."""
        with self._open_uow() as uow:
            return uow.standings.belongings(person)

    def members(self, organisation: str) -> Sequence[Member]:
        """Return who belongs to an organisation, longest first."""
        with self._open_uow() as uow:
            memberships = uow.memberships.of(organisation)
            accounts = {one.person: uow.accounts.get(one.person) for one in memberships}
        return [
            Member(one, account.email)
            for one in memberships
            if (account := accounts[one.person]) is not None
        ]

    def give_role(self, command: GiveRole) -> Member:
        """Give a member another role; LastAdministratorError where nobody else administers."""
        place = command.place
        with self._open_uow() as uow:
            held = held_members(uow, place.organisation)
            changed = _one_of(held, place.person).with_role(command.role)
            if not changed.administers:
                check_administered_without(held, place.person)
                self._withdraw_invitations(uow, place)
            uow.memberships.change(changed)
            account = _account(uow, place.person)
            uow.audit.add(self._entry("role.given", place, command.by, role=command.role.value))
            uow.commit()
        return Member(changed, account.email)

    def leave(self, command: Leave) -> Sequence[Credential]:
        """End a membership and return the member's keys there as they are now.

        The keys end, because whoever leaves may know them: unless they pass to a successor, who
        administers the organisation and answers for them from now on (and had better rotate
        them). Raises LastAdministratorError or InvalidSuccessorError.
        """
        place = command.place
        with self._open_uow() as uow:
            held = held_members(uow, place.organisation)
            leaving = _one_of(held, place.person)
            check_administered_without(held, place.person)
            keys = self._settle_keys(uow, command, held)
            self._withdraw_invitations(uow, place)
            uow.memberships.remove(leaving)
            successor = None if command.successor is None else str(command.successor)
            facts: dict[str, Fact] = {"keys": len(keys), "successor": successor}
            uow.audit.add(self._entry("membership.ended", place, command.by, **facts))
            uow.commit()
        return keys

    def _withdraw_invitations(self, uow: OrganisationsUnitOfWork, place: Place) -> None:
        """Withdraw what somebody sent who decides no longer: it could bring them back."""
        now = self._clock()
        for one in uow.invitations.of(place.organisation):
            if one.invited_by == place.person and one.is_open(now):
                uow.invitations.settle(one.withdrawn(now))

    def _entry(self, kind: str, place: Place, by: UUID, **facts: Fact) -> Entry:
        return Entry(
            kind=kind,
            at=self._clock(),
            actor=str(by),
            subject=str(place.person),
            organisation=place.organisation,
            facts=facts,
        )

    def _settle_keys(
        self, uow: OrganisationsUnitOfWork, command: Leave, held: Sequence[Membership]
    ) -> Sequence[Credential]:
        now, place, successor = self._clock(), command.place, command.successor
        keys = [
            key
            for key in uow.credentials.keys_of(place.organisation)
            if key.subject == place.person and key.is_live(now)
        ]
        if successor is None:
            ended = [key.revoked(now) for key in keys]
            for key in ended:
                uow.credentials.revoke(key)
            return ended
        _check_successor(held, place.person, successor)
        passed = [replace(key, subject=successor) for key in keys]
        for key in passed:
            uow.credentials.hand_over(key)
        return passed


def check_room(uow: OrganisationsUnitOfWork, person: UUID) -> None:
    """Raise InvalidOrganisationError where a person belongs to as many organisations as can be."""
    if uow.memberships.count_of(person) >= MAX_MEMBERSHIPS:
        message = f"a person belongs to at most {MAX_MEMBERSHIPS} organisations; leave one first"
        raise InvalidOrganisationError(message)


def held_members(uow: OrganisationsUnitOfWork, organisation: str) -> Sequence[Membership]:
    """Return the memberships, held against changes by others; TeamNotFoundError."""
    return uow.memberships.of(held_organisation(uow, organisation).slug)


def held_organisation(uow: OrganisationsUnitOfWork, slug: str) -> Organisation:
    """Return an organisation, held against changes by others; TeamNotFoundError."""
    organisation = uow.organisations.held(slug)
    if organisation is None:
        message = f"there is no organisation {slug}"
        raise TeamNotFoundError(message)
    return organisation


def _one_of(members: Sequence[Membership], person: UUID) -> Membership:
    found = next((one for one in members if one.person == person), None)
    if found is None:
        message = "nobody with this id belongs to the organisation"
        raise MemberNotFoundError(message)
    return found


def _account(uow: OrganisationsUnitOfWork, person: UUID) -> Account:
    account = uow.accounts.get(person)
    if account is None:
        message = "nobody with this id belongs to the organisation"
        raise MemberNotFoundError(message)
    return account


def _check_successor(held: Sequence[Membership], leaving: UUID, successor: UUID) -> None:
    if successor == leaving or not any(one.person == successor and one.administers for one in held):
        message = "keys pass to another administrator of the organisation, by the person's id"
        raise InvalidSuccessorError(message)
