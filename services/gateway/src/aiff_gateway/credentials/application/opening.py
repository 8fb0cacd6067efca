"""How a session is opened, however its person proved who they are."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.audit.domain import Entry, truncated
from aiff_gateway.credentials.application.ports import CredentialsUnitOfWork
from aiff_gateway.credentials.domain.credentials import (
    Credential,
    CredentialKind,
    IssuedCredential,
    issue,
)
from aiff_gateway.credentials.domain.errors import FreshSignInNeededError
from aiff_gateway.credentials.domain.sessions import LIFETIME, Client, is_fresh
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """From where somebody signs in, for which client, and the session that this one replaces."""

    address: str
    client: Client = Client.PROGRAM
    replaces: UUID | None = None


class SessionOpening:
    """Opens sessions and ends them, inside the caller's transaction."""

    def __init__(self, clock: Clock) -> None:
        """Keep the clock."""
        self._clock = clock

    def open(
        self, uow: CredentialsUnitOfWork, account: Account, visit: Visit, by: str
    ) -> IssuedCredential:
        """Return a new session; the one that was shown with it ends.

        `by` says what was proved with: `password`, `passkey`, the name of an issuer.
        """
        issued, now = issue(CredentialKind.SESSION), self._clock()
        session = Credential(
            id=new_id(),
            kind=CredentialKind.SESSION,
            name="sign-in",
            prefix=issued.prefix,
            digest=issued.digest,
            subject=account.id,
            organisation=acted_for(uow, account),
            scopes=frozenset(),
            created_at=now,
            expires_at=now + LIFETIME[visit.client],
            client=visit.client,
            address=truncated(visit.address),
            authenticated_at=now,
        )
        uow.credentials.add(session)
        self._end_replaced(uow, visit.replaces)
        facts = {"by": by, "client": visit.client.value}
        uow.audit.add(
            Entry(
                kind="session.opened",
                at=now,
                actor=str(account.id),
                subject=str(session.id),
                address=visit.address,
                facts=facts,
            )
        )
        return IssuedCredential(session, issued.token)

    def fresh(self, uow: CredentialsUnitOfWork, session_id: UUID) -> Credential:
        """Return the session of somebody who signed in a moment ago.

        FreshSignInNeededError where that was longer ago, or the session has ended meanwhile.
        """
        session, now = uow.credentials.get(session_id), self._clock()
        proved = (
            session and session.is_live(now) and (session.authenticated_at or session.created_at)
        )
        if session is None or not proved or not is_fresh(proved, now):
            message = "sign in again while showing your session, then retry"
            raise FreshSignInNeededError(message)
        return session

    def rotate(self, uow: CredentialsUnitOfWork, session: Credential) -> IssuedCredential:
        """Return a session under a new token: what opens its account, or its rights, changed."""
        token, now = issue(CredentialKind.SESSION), self._clock()
        # Sessions of earlier releases do not say when their person proved who they are.
        proved = session.authenticated_at or session.created_at
        following = replace(session.replaced(token, now, new_id()), authenticated_at=proved)
        uow.credentials.add(following)
        uow.credentials.revoke(session.revoked(now))
        return IssuedCredential(following, token.token)

    def end(
        self, uow: CredentialsUnitOfWork, person: UUID, *, keep: UUID | None = None
    ) -> Collection[str]:
        """End a person's sessions, but for one that may stay; return the digests of their tokens.

        Other gateways know within five seconds; this one when it forgets the digests.
        """
        now = self._clock()
        ended = [one for one in uow.credentials.live_sessions(person, now) if one.id != keep]
        for one in ended:
            uow.credentials.revoke(one.revoked(now))
        return [one.digest for one in ended]

    def _end_replaced(self, uow: CredentialsUnitOfWork, session_id: UUID | None) -> None:
        replaced = None if session_id is None else uow.credentials.get(session_id)
        if replaced is not None and replaced.kind is CredentialKind.SESSION:
            uow.credentials.revoke(replaced.revoked(self._clock()))


def acted_for(uow: CredentialsUnitOfWork, account: Account) -> str | None:
    """Return for whom a new session acts: whom the last one acted for, as far as that holds.

    The first acts for the organisation to which its person has belonged longest. So nobody's own
    objects are out of sight because somebody invited them.
    """
    before = uow.credentials.of(account.id, CredentialKind.SESSION)
    if not before:
        member_of = (one for one in uow.standings.belongings(account.id) if one.role is not None)
        return next((one.organisation for one in member_of), None)
    last = before[0].organisation
    return None if uow.standings.rights(account, last) is None else last
