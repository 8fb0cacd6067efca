"""What the accounts need from the outside, in plain values."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.accounts.domain.links import Link
from aiff_gateway.audit.application import AuditUnitOfWork
from aiff_gateway.mail.application.ports import LettersWork


class Accounts(Protocol):
    """The accounts, inside a transaction."""

    def add(self, account: Account) -> None:
        """Keep a new account; AccountExistsError where the e-mail is taken."""

    def change(self, account: Account) -> None:
        """Keep another address, password or language; AccountExistsError as with `add`."""

    def by_email(self, email: str) -> Account | None:
        """Return the account with this normalised e-mail."""

    def get(self, account_id: UUID) -> Account | None:
        """Return an account by its id."""

    def all(self) -> Sequence[Account]:
        """Return every account, by e-mail."""


class Joining(Protocol):
    """What an organisation is to an account, where an operator says so."""

    def join(self, account: Account) -> None:
        """Make the account belong to the organisation that it names; a new one is founded."""


class LinkStore(Protocol):
    """The links that were asked for, inside a transaction."""

    def add(self, link: Link) -> None:
        """Keep a link, and forget those of anybody that have expired."""

    def by_digest(self, digest: str) -> Link | None:
        """Return the link whose token has this digest."""

    def count(self, email: str, since: datetime) -> int:
        """Return how many were asked for, for an address, after an instant."""

    def take(self, link: Link) -> bool:
        """Forget it, and all of its kind for its address; tell whether it was still there."""

    def forget(self, person: UUID) -> None:
        """Forget all that are about a person."""


class AccountsUnitOfWork(AuditUnitOfWork, LettersWork, Protocol):
    """A transaction on accounts, in which letters are written and decisions noted."""

    @property
    def links(self) -> LinkStore:
        """The links."""

    @property
    def accounts(self) -> Accounts:
        """The accounts."""

    @property
    def joining(self) -> Joining:
        """The organisations, as far as accounts are added to them."""


OpenAccounts = Callable[[], AccountsUnitOfWork]


class Passwords(Protocol):
    """Hashes passwords slowly on purpose, and knows which many people chose."""

    def is_common(self, text: str) -> bool:
        """Tell whether a text in lower case is a password that many people chose."""

    def hash(self, password: str) -> str:
        """Return the text to keep."""

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Compare in the same time whether there is a hash or not (None never matches)."""
