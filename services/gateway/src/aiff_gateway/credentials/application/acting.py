"""For whom somebody acts in a session: one organisation at a time, or nobody else."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.credentials.application.ports import (
    CredentialsUnitOfWork,
    OpenCredentials,
    ReadBelongings,
)
from aiff_gateway.credentials.domain.credentials import (
    Credential,
    CredentialKind,
    IssuedCredential,
    issue,
)
from aiff_gateway.credentials.domain.errors import CredentialNotFoundError, NotActingForError
from aiff_gateway.credentials.domain.scopes import Belonging
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id


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


class Acting:
    """Tells for whom somebody may act, and changes for whom a session does."""

    def __init__(self, open_uow: OpenCredentials, belongings: ReadBelongings, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._belongings = belongings
        self._clock = clock

    def act_for(self, session_id: UUID, organisation: str | None) -> IssuedCredential:
        """Return the session under a new token, acting for an organisation or for nobody else.

        The token changes with the rights, because gateways remember for seconds what a token
        opens: the old one could still write where its person acted before. NotActingForError
        where the person may not act for the organisation.
        """
        with self._open_uow() as uow:
            session = _live(uow, session_id)
            account = uow.accounts.get(session.subject)
            if account is None or uow.standings.rights(account, organisation) is None:
                message = f"you neither belong to {organisation} nor advise it"
                raise NotActingForError(message)
            issued = self._replace(uow, session, organisation)
            uow.commit()
        return issued

    def belongings(self, person: UUID) -> Sequence[Belonging]:
        """Return whom a person may act for."""
        return self._belongings(person)

    def _replace(
        self, uow: CredentialsUnitOfWork, session: Credential, organisation: str | None
    ) -> IssuedCredential:
        token, now = issue(CredentialKind.SESSION), self._clock()
        following = replace(session.replaced(token, now, new_id()), organisation=organisation)
        uow.credentials.add(following)
        uow.credentials.revoke(session.revoked(now))
        return IssuedCredential(following, token.token)


def _live(uow: CredentialsUnitOfWork, session_id: UUID) -> Credential:
    session = uow.credentials.get(session_id)
    if session is None or session.kind is not CredentialKind.SESSION or session.revoked_at:
        message = "this session has ended"
        raise CredentialNotFoundError(message)
    return session
