"""Inviting somebody to belong to an organisation or to advise it, and accepting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_gateway.accounts.application.finding import existing_account
from aiff_gateway.accounts.domain.accounts import Account, normalised_email
from aiff_gateway.audit.domain import Entry
from aiff_gateway.mail.domain.letters import Kind, Language, Letter
from aiff_gateway.organisations.application.ports import OpenOrganisations
from aiff_gateway.organisations.application.teams import check_room, held_members, held_organisation
from aiff_gateway.organisations.domain.errors import InvitationNotFoundError
from aiff_gateway.organisations.domain.invitations import (
    INVITATION_LIFETIME,
    Invitation,
    Offered,
    check_pace,
)
from aiff_gateway.organisations.domain.organisations import Organisation, joined
from aiff_gateway.organisations.domain.rights import checked_advice
from aiff_gateway.shared.tokens import digest_of, new_token
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id


@dataclass(frozen=True, slots=True)
class Invite:
    """An administrator (`by`) offers somebody at an address a place in an organisation."""

    organisation: str
    email: str
    offered: Offered
    language: Language
    by: UUID


class Inviting:
    """Invitations."""

    def __init__(self, open_uow: OpenOrganisations, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._clock = clock

    def invite(self, command: Invite) -> Invitation:
        """Send an invitation; one to the same address that is open is withdrawn.

        It says nothing of whether the address has an account. Raises TooManyInvitationsError, and
        NotAdvisableError for rights that an adviser cannot hold.
        """
        now, token = self._clock(), new_token()
        with self._open_uow() as uow:
            organisation = held_organisation(uow, command.organisation)
            if command.offered.role is None:
                checked_advice(command.offered.scopes, organisation.kind)
            invitation = _invitation(command, token, now)
            before = uow.invitations.of(organisation.slug)
            check_pace(before, invitation.email, now)
            for one in before:
                if one.email == invitation.email and one.is_open(now):
                    uow.invitations.settle(one.withdrawn(now))
            uow.invitations.add(invitation)
            inviter = existing_account(uow.accounts, command.by)
            uow.letters.add(_letter(invitation, organisation, token, inviter))
            uow.audit.add(_entry("invitation.made", invitation, command.by, now))
            uow.commit()
        return invitation

    def of(self, organisation: str) -> Sequence[Invitation]:
        """Return an organisation's invitations, newest first."""
        with self._open_uow() as uow:
            return uow.invitations.of(organisation)

    def to(self, person: UUID) -> Sequence[tuple[Invitation, Organisation]]:
        """Return the open invitations to the address of a person."""
        now = self._clock()
        with self._open_uow() as uow:
            sent = uow.invitations.to(existing_account(uow.accounts, person).email)
            open_ones = [one for one in sent if one.is_open(now)]
            return [(one, held_organisation(uow, one.organisation)) for one in open_ones]

    def withdraw(self, organisation: str, invitation_id: UUID, by: UUID) -> None:
        """Withdraw an open invitation of an organisation; InvitationNotFoundError."""
        now = self._clock()
        with self._open_uow() as uow:
            found = [one for one in uow.invitations.of(organisation) if one.id == invitation_id]
            if not found:
                message = "the organisation has no invitation with this id"
                raise InvitationNotFoundError(message)
            uow.invitations.settle(found[0].withdrawn(now))
            uow.audit.add(_entry("invitation.withdrawn", found[0], by, now))
            uow.commit()

    def accept(self, token: str, person: UUID) -> Invitation:
        """Give a person the place that an invitation to their address offers.

        Raises InvitationNotFoundError, NotInvitedError, AlreadyMemberError.
        """
        now = self._clock()
        with self._open_uow() as uow:
            invitation = uow.invitations.by_digest(digest_of(token))
            if invitation is None:
                message = "there is no such invitation; ask for another"
                raise InvitationNotFoundError(message)
            members = held_members(uow, invitation.organisation)
            # Only now does nobody else accept or withdraw it meanwhile.
            invitation = uow.invitations.by_digest(invitation.digest) or invitation
            accepted = invitation.accepted(existing_account(uow.accounts, person).email, now)
            membership = accepted.membership(person, now)
            if membership is None:
                uow.advisers.put(accepted.adviser(person, now))
            else:
                check_room(uow, person)
                uow.memberships.add(joined(members, membership))
                uow.advisers.remove(accepted.organisation, person)
            uow.invitations.settle(accepted)
            uow.audit.add(_entry("invitation.accepted", accepted, person, now))
            uow.commit()
        return accepted


def _invitation(command: Invite, token: str, now: datetime) -> Invitation:
    return Invitation(
        id=new_id(),
        organisation=command.organisation,
        email=normalised_email(command.email),
        offered=command.offered,
        digest=digest_of(token),
        language=command.language,
        invited_by=command.by,
        created_at=now,
        expires_at=now + INVITATION_LIFETIME,
    )


def _letter(
    invitation: Invitation, organisation: Organisation, token: str, inviter: Account
) -> Letter:
    return Letter(
        kind=Kind.ORGANISATION_INVITATION,
        to=invitation.email,
        language=invitation.language,
        key=f"organisation.invitation:{invitation.id}",
        facts={
            "organisation": organisation.name,
            "inviter": inviter.email,
            "days": INVITATION_LIFETIME.days,
            # Behind the number sign, so that no server's log has it.
            "path": f"/{invitation.language}/invitation#{token}",
        },
    )


def _entry(kind: str, invitation: Invitation, actor: UUID, now: datetime) -> Entry:
    return Entry(
        kind=kind,
        at=now,
        actor=str(actor),
        subject=str(invitation.id),
        organisation=invitation.organisation,
        facts={"role": invitation.offered.role or "adviser"},
    )
