"""What sessions, keys and the recognising of callers need from the outside, in plain values."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_gateway.accounts.application.ports import AccountsUnitOfWork
from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.credentials.domain.credentials import Credential, CredentialKind


class Credentials(Protocol):
    """The credentials, inside a transaction."""

    def add(self, credential: Credential) -> None:
        """Keep a new credential."""

    def get(self, credential_id: UUID) -> Credential | None:
        """Return a credential by its id."""

    def of(self, subject: UUID, kind: CredentialKind) -> Sequence[Credential]:
        """Return an account's credentials of one kind, newest first."""

    def revoke(self, credential: Credential) -> None:
        """Store that a credential was revoked."""

    def note_use(self, credential_id: UUID, at: datetime) -> None:
        """Store when a credential was last used, and nothing else of it."""


class CredentialsUnitOfWork(AccountsUnitOfWork, Protocol):
    """A transaction on credentials and on the accounts that they belong to."""

    @property
    def credentials(self) -> Credentials:
        """The credentials."""


OpenCredentials = Callable[[], CredentialsUnitOfWork]
# Finds a credential by its digest together with its account, without a write lock.
CredentialLookup = Callable[[str], tuple[Credential, Account] | None]
