"""What the use cases need from the outside, in plain values."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from aiff_gateway.domain.accounts import Account
from aiff_gateway.domain.credentials import Credential, CredentialKind
from aiff_gateway.domain.routes import Service

Headers = Sequence[tuple[bytes, bytes]]


class Accounts(Protocol):
    """The accounts, inside a transaction."""

    def add(self, account: Account) -> None:
        """Keep a new account; AccountExistsError where the e-mail is taken."""

    def by_email(self, email: str) -> Account | None:
        """Return the account with this normalised e-mail."""

    def get(self, account_id: UUID) -> Account | None:
        """Return an account by its id."""

    def all(self) -> Sequence[Account]:
        """Return every account, by e-mail."""


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


class UnitOfWork(Protocol):
    """One transaction: nothing is kept unless it is committed."""

    accounts: Accounts
    credentials: Credentials

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed."""

    def commit(self) -> None:
        """Keep everything."""


Work = Callable[[], UnitOfWork]
# Finds a credential by its digest together with its account, without a write lock.
CredentialLookup = Callable[[str], tuple[Credential, Account] | None]


class Passwords(Protocol):
    """Hashes passwords slowly on purpose."""

    def hash(self, password: str) -> str:
        """Return the text to keep."""

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Compare in the same time whether there is a hash or not (None never matches)."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request for a service: the target is the path with its query, as it was sent."""

    service: Service
    method: str
    target: str
    headers: Headers
    body: bytes | None = None


class Reply(Protocol):
    """A service's answer whose body has not been read yet. Header names are lower case."""

    status: int
    headers: list[tuple[bytes, bytes]]

    async def read(self, limit: int) -> bytes:
        """Return the body, or what exceeds `limit` bytes by at most one piece."""

    def pieces(self) -> AsyncIterator[bytes]:
        """Yield the rest of the body as it arrives."""

    async def close(self) -> None:
        """Give the connection back."""


class Upstream(Protocol):
    """The services behind the gateway."""

    async def open(self, call: Call) -> Reply:
        """Send a call; UpstreamUnavailableError or UpstreamTimeoutError when it fails."""
