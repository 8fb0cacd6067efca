"""Signing in and out."""

from dataclasses import dataclass, replace
from uuid import UUID

from aiff_gateway.accounts.application.ports import Passwords
from aiff_gateway.accounts.domain.accounts import Account, normalised_email
from aiff_gateway.accounts.domain.errors import InvalidAccountError
from aiff_gateway.credentials.application.acting import acted_for
from aiff_gateway.credentials.application.ports import OpenCredentials
from aiff_gateway.credentials.domain.credentials import (
    SESSION_LIFETIME,
    Credential,
    CredentialKind,
    IssuedCredential,
    issue,
)
from aiff_gateway.credentials.domain.errors import WrongSignInError
from aiff_gateway.limits.application import SignInLimits
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody at a network address gives an e-mail and a password."""

    email: str
    password: str
    address: str


class Sessions:
    """Opens and closes sessions."""

    def __init__(
        self, open_uow: OpenCredentials, passwords: Passwords, limits: SignInLimits, clock: Clock
    ) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._passwords = passwords
        self._limits = limits
        self._clock = clock

    def sign_in(self, command: SignIn) -> IssuedCredential:
        """Open a session; WrongSignInError or TooManyAttemptsError.

        An unknown e-mail takes as long as a wrong password, so that nobody learns who has an
        account. The password is checked outside the transaction because it is slow on purpose.
        """
        email = _email_or_nothing(command.email)
        self._limits.admit(command.address, email)
        account = self._account(email)
        known_hash = account.password_hash if account else None
        if not self._passwords.matches(known_hash, command.password) or account is None:
            message = "e-mail and password do not fit"
            raise WrongSignInError(message)
        self._limits.succeeded(command.address, email)
        return self._open(account)

    def sign_out(self, credential_id: UUID) -> None:
        """Close a session; one that is closed already stays closed."""
        with self._open_uow() as uow:
            credential = uow.credentials.get(credential_id)
            if credential is not None:
                uow.credentials.revoke(credential.revoked(self._clock()))
            uow.commit()

    def _account(self, email: str) -> Account | None:
        with self._open_uow() as uow:
            return uow.accounts.by_email(email)

    def _open(self, account: Account) -> IssuedCredential:
        issued, now = issue(CredentialKind.SESSION), self._clock()
        session = Credential(
            id=new_id(),
            kind=CredentialKind.SESSION,
            name="sign-in",
            prefix=issued.prefix,
            digest=issued.digest,
            subject=account.id,
            organisation=None,
            scopes=frozenset(),
            created_at=now,
            expires_at=now + SESSION_LIFETIME,
        )
        with self._open_uow() as uow:
            session = replace(session, organisation=acted_for(uow, account))
            uow.credentials.add(session)
            uow.commit()
        return IssuedCredential(session, issued.token)


def _email_or_nothing(text: str) -> str:
    try:
        return normalised_email(text)
    except InvalidAccountError:
        return ""
