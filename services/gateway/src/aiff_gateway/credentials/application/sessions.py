"""Signing in and out, and a person's sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from aiff_gateway.accounts.application.ports import Passwords
from aiff_gateway.accounts.domain.accounts import Account, normalised_email
from aiff_gateway.accounts.domain.errors import InvalidAccountError
from aiff_gateway.audit.domain import Entry
from aiff_gateway.credentials.application.opening import SessionOpening, Visit
from aiff_gateway.credentials.application.ports import OpenCredentials
from aiff_gateway.credentials.application.sign_in_waits import SignInWaits, Trial
from aiff_gateway.credentials.domain.credentials import Credential, IssuedCredential
from aiff_gateway.credentials.domain.errors import SessionNotFoundError, WrongSignInError
from aiff_kit.clock import Clock

_REFUSED = "e-mail and password do not fit"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody gives an e-mail and a password, and the mark of a device that they used before."""

    email: str
    password: str
    visit: Visit
    device: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session, with the mark by which its device is known the next time."""

    issued: IssuedCredential
    device: str


@dataclass(frozen=True, slots=True)
class SignInParts:
    """What signing in works with."""

    passwords: Passwords
    waits: SignInWaits
    opening: SessionOpening


class Sessions:
    """Opens, lists and ends sessions."""

    def __init__(self, open_uow: OpenCredentials, parts: SignInParts, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._parts = parts
        self._clock = clock

    def sign_in(self, command: SignIn) -> SignedIn:
        """Open a session; WrongSignInError or TooManyAttemptsError.

        An unknown e-mail takes as long as a wrong password, so that nobody learns who has an
        account. The password is checked outside the transaction because it is slow on purpose.
        """
        account, trial = self._admitted(command)
        known_hash = account.password_hash if account else None
        if not self._parts.passwords.matches(known_hash, command.password) or account is None:
            self._refuse(account, trial, command.visit)
        return self._open(account, trial, command)

    def sign_out(self, credential_id: UUID) -> None:
        """Close a session; one that is closed already stays closed."""
        with self._open_uow() as uow:
            credential = uow.credentials.get(credential_id)
            if credential is not None:
                uow.credentials.revoke(credential.revoked(self._clock()))
            uow.commit()

    def of(self, person: UUID) -> Sequence[Credential]:
        """Return a person's sessions that are open, newest first."""
        with self._open_uow() as uow:
            return uow.credentials.live_sessions(person, self._clock())

    def end(self, person: UUID, session_id: UUID) -> Credential:
        """End one of a person's sessions and return it.

        Somebody else's session does not exist for the caller: SessionNotFoundError.
        """
        with self._open_uow() as uow:
            own = uow.credentials.live_sessions(person, self._clock())
            session = next((one for one in own if one.id == session_id), None)
            if session is None:
                message = "you have no open session with this id"
                raise SessionNotFoundError(message)
            uow.credentials.revoke(session.revoked(self._clock()))
            uow.audit.add(self._entry("session.ended", person, str(session_id)))
            uow.commit()
        return session

    def end_all(self, person: UUID) -> Sequence[str]:
        """End all of a person's sessions; return the digests of their tokens."""
        with self._open_uow() as uow:
            digests = self._parts.opening.end(uow, person)
            uow.audit.add(self._entry("session.all_ended", person, str(person)))
            uow.commit()
        return list(digests)

    def _admitted(self, command: SignIn) -> tuple[Account | None, Trial]:
        """Return whose address was given, and what a failure will count for."""
        email = _email_or_nothing(command.email)
        with self._open_uow() as uow:
            account = uow.accounts.by_email(email)
            person = account.id if account else None
            waits = self._parts.waits
            trial = waits.trial(email, command.visit.address, person, command.device)
            waits.admit(uow, trial, self._clock())
        return account, trial

    def _open(self, account: Account, trial: Trial, command: SignIn) -> SignedIn:
        with self._open_uow() as uow:
            self._parts.waits.succeeded(uow, trial)
            issued = self._parts.opening.open(uow, account, command.visit, "password")
            uow.commit()
        return SignedIn(issued, self._parts.waits.mark(account.id, command.device))

    def _refuse(self, account: Account | None, trial: Trial, visit: Visit) -> NoReturn:
        """Count the failure and leave its trace, then say no."""
        now, person = self._clock(), None if account is None else str(account.id)
        with self._open_uow() as uow:
            waits = self._parts.waits.failed(uow, trial, now)
            kinds = ["session.refused", *(["account.locked"] if waits else [])]
            for kind in kinds:
                uow.audit.add(
                    Entry(kind=kind, at=now, actor=None, subject=person, address=visit.address)
                )
            uow.commit()
        raise WrongSignInError(_REFUSED)

    def _entry(self, kind: str, person: UUID, subject: str) -> Entry:
        return Entry(kind=kind, at=self._clock(), actor=str(person), subject=subject)


def _email_or_nothing(text: str) -> str:
    try:
        return normalised_email(text)
    except InvalidAccountError:
        return ""
