"""Invitations: somebody's place in an organisation, kept for an address until it is taken."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from aiff_gateway.mail.domain.letters import Language
from aiff_gateway.organisations.domain.errors import (
    InvitationNotFoundError,
    NotInvitedError,
    TooManyInvitationsError,
)
from aiff_gateway.organisations.domain.organisations import MemberRole, Membership
from aiff_gateway.organisations.domain.rights import Adviser

INVITATION_LIFETIME = timedelta(days=7)
# Letters go to whatever address is named: nobody is to be flooded through an organisation.
MOST_A_DAY = 100
MOST_A_DAY_TO_ONE = 3
_DAY = timedelta(days=1)


class InvitationState(StrEnum):
    """Where an invitation is; only an open one can be accepted."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered: a member's role, or (`role` is None) to advise within the scopes."""

    role: MemberRole | None
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An offer to whoever signs in with an address. Of its token only a digest is kept."""

    id: UUID
    organisation: str
    email: str
    offered: Offered
    digest: str
    language: Language
    invited_by: UUID
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def state(self, now: datetime) -> InvitationState:
        """Return where it is at an instant."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        return InvitationState.OPEN if now < self.expires_at else InvitationState.EXPIRED

    def is_open(self, now: datetime) -> bool:
        """Tell whether it can be accepted."""
        return self.state(now) is InvitationState.OPEN

    def accepted(self, email: str, now: datetime) -> "Invitation":
        """Return it accepted by whoever signed in with an address.

        Raises InvitationNotFoundError where it is not open, NotInvitedError for another address.
        """
        self._check_open(now)
        if email != self.email:
            message = "this invitation was sent to another address; sign in with that one"
            raise NotInvitedError(message)
        return replace(self, accepted_at=now)

    def withdrawn(self, now: datetime) -> "Invitation":
        """Return it withdrawn; InvitationNotFoundError where it is not open."""
        self._check_open(now)
        return replace(self, withdrawn_at=now)

    def membership(self, person: UUID, now: datetime) -> Membership | None:
        """Return the place that it gives, None where it names an adviser."""
        if self.offered.role is None:
            return None
        return Membership(
            organisation=self.organisation, person=person, role=self.offered.role, since=now
        )

    def adviser(self, person: UUID, now: datetime) -> Adviser:
        """Return whom it lets act for the organisation."""
        return Adviser(
            organisation=self.organisation,
            person=person,
            scopes=self.offered.scopes,
            named_by=self.invited_by,
            since=now,
        )

    def _check_open(self, now: datetime) -> None:
        state = self.state(now)
        if state is not InvitationState.OPEN:
            message = f"this invitation is {state}; ask for another"
            raise InvitationNotFoundError(message)


def check_pace(before: Iterable[Invitation], email: str, now: datetime) -> None:
    """Raise TooManyInvitationsError where an organisation has sent as many as it may in a day."""
    today = [one for one in before if now - one.created_at < _DAY]
    if len(today) >= MOST_A_DAY:
        message = f"an organisation sends at most {MOST_A_DAY} invitations a day"
        raise TooManyInvitationsError(message)
    if sum(one.email == email for one in today) >= MOST_A_DAY_TO_ONE:
        message = f"an address is sent at most {MOST_A_DAY_TO_ONE} invitations a day"
        raise TooManyInvitationsError(message)
