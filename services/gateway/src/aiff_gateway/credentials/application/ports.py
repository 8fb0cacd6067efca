"""What sessions, keys and the recognising of callers need from the outside, in plain values."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from aiff_gateway.accounts.application.ports import AccountsUnitOfWork
from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.credentials.domain.credentials import Credential, CredentialKind
from aiff_gateway.credentials.domain.scopes import Belonging, Rights
from aiff_gateway.credentials.domain.waits import Tries

Result = TypeVar("Result")


class Credentials(Protocol):
    """The credentials, inside a transaction."""

    def add(self, credential: Credential) -> None:
        """Keep a new credential."""

    def get(self, credential_id: UUID) -> Credential | None:
        """Return a credential by its id."""

    def by_digest(self, digest: str) -> Credential | None:
        """Return the credential whose token has a digest."""

    def of(self, subject: UUID, kind: CredentialKind) -> Sequence[Credential]:
        """Return an account's credentials of one kind, newest first."""

    def live_sessions(self, subject: UUID, now: datetime) -> Sequence[Credential]:
        """Return an account's sessions that open something at an instant, newest first."""

    def keys_of(self, organisation: str) -> Sequence[Credential]:
        """Return an organisation's keys, newest first."""

    def keys_ending(self, after: datetime, before: datetime) -> Sequence[Credential]:
        """Return the keys that are not revoked and end between two instants."""

    def revoke(self, credential: Credential) -> None:
        """Store that a credential was revoked."""

    def retime(self, key: Credential) -> None:
        """Store when a key ends."""

    def hand_over(self, key: Credential) -> None:
        """Store in whose name a key acts."""

    def note_use(self, credential_id: UUID, at: datetime) -> None:
        """Store when a credential was last used, and nothing else of it."""


class FailedTries(Protocol):
    """Failed sign-ins by what they are counted for, inside a transaction."""

    def of(self, keys: Collection[str]) -> Mapping[str, Tries]:
        """Return those that there are, kept from others until the transaction ends."""

    def save(self, tries: Mapping[str, Tries], now: datetime) -> None:
        """Keep them, and forget those of anybody that no longer count."""

    def forget(self, keys: Collection[str]) -> None:
        """Forget them."""


class SlowWork(Protocol):
    """Where what costs much time on purpose is done, a little at once."""

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what `work` returns; TooManyWaitingError where too many wait already."""


class Standings(Protocol):
    """What accounts may do, derived from what they belong to at the moment of asking."""

    def rights(self, account: Account, organisation: str | None) -> Rights | None:
        """Return what an account may do for an organisation (its slug), or for nobody else.

        None where it may not act for the organisation (any longer).
        """

    def belongings(self, person: UUID) -> Sequence[Belonging]:
        """Return whom a person may act for, longest first, those whom they advise last."""


class CredentialsUnitOfWork(AccountsUnitOfWork, Protocol):
    """A transaction on credentials, on the accounts that they belong to and what those may do."""

    @property
    def tries(self) -> FailedTries:
        """The failed sign-ins."""

    @property
    def credentials(self) -> Credentials:
        """The credentials."""

    @property
    def standings(self) -> Standings:
        """What accounts may do."""


@dataclass(frozen=True, slots=True)
class KnownCredential:
    """A credential with what its owner may do today; None: it opens nothing."""

    credential: Credential
    rights: Rights | None


OpenCredentials = Callable[[], CredentialsUnitOfWork]
# Finds a credential by its digest together with its owner's rights, without a write lock.
CredentialLookup = Callable[[str], KnownCredential | None]
# Finds whom a person may act for, without a write lock.
ReadBelongings = Callable[[UUID], Sequence[Belonging]]


def rights_of(credential: Credential, account: Account, standings: Standings) -> Rights | None:
    """Return what the owner of a credential may do today where the credential was made to act.

    A key belongs to its organisation and ends with its owner's place there. A session is its
    person, who goes on acting for nobody else.
    """
    rights = standings.rights(account, credential.organisation)
    if rights is None and credential.kind is CredentialKind.SESSION:
        return standings.rights(account, None)
    return rights
