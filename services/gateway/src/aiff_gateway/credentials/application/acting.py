"""For whom somebody acts in a session: one organisation at a time, or nobody else."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from aiff_gateway.audit.domain import Entry
from aiff_gateway.credentials.application.opening import SessionOpening
from aiff_gateway.credentials.application.ports import (
    CredentialsUnitOfWork,
    OpenCredentials,
    ReadBelongings,
)
from aiff_gateway.credentials.domain.credentials import Credential, IssuedCredential
from aiff_gateway.credentials.domain.errors import CredentialNotFoundError, NotActingForError
from aiff_gateway.credentials.domain.scopes import Belonging, Rights
from aiff_kit.clock import Clock


class Acting:
    """Tells for whom somebody may act, and changes for whom a session does."""

    def __init__(
        self,
        open_uow: OpenCredentials,
        belongings: ReadBelongings,
        opening: SessionOpening,
        clock: Clock,
    ) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._opening = opening
        self._belongings = belongings
        self._clock = clock

    def act_for(self, session_id: UUID, organisation: str | None) -> IssuedCredential:
        """Return the session under a new token, acting for an organisation or for nobody else.

        The token changes with the rights, because gateways remember for seconds what a token
        opens: the old one could still write where its person acted before. NotActingForError
        where the person may not act for the organisation.
        """
        with self._open_uow() as uow:
            session = self._live(uow, session_id)
            account = uow.accounts.get(session.subject)
            rights = None if account is None else uow.standings.rights(account, organisation)
            if rights is None:
                message = f"you neither belong to {organisation} nor advise it"
                raise NotActingForError(message)
            issued = self._opening.rotate(uow, replace(session, organisation=organisation))
            uow.audit.add(self._entry(issued.credential, rights))
            uow.commit()
        return issued

    def belongings(self, person: UUID) -> Sequence[Belonging]:
        """Return whom a person may act for."""
        return self._belongings(person)

    def _live(self, uow: CredentialsUnitOfWork, session_id: UUID) -> Credential:
        session = uow.credentials.get(session_id)
        if session is None or not session.is_live(self._clock()):
            message = "this session has ended"
            raise CredentialNotFoundError(message)
        return session

    def _entry(self, session: Credential, rights: Rights) -> Entry:
        return Entry(
            kind="session.acting",
            at=self._clock(),
            actor=str(session.subject),
            subject=str(session.id),
            organisation=rights.organisation,
            acting_for=rights.acting_for,
        )
