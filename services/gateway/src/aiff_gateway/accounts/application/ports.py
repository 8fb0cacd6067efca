"""What the accounts need from the outside, in plain values."""

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.shared.ports import UnitOfWork


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


class Joining(Protocol):
    """What an organisation is to an account, where an operator says so."""

    def join(self, account: Account) -> None:
        """Make the account belong to the organisation that it names; a new one is founded."""


class AccountsUnitOfWork(UnitOfWork, Protocol):
    """A transaction on accounts."""

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
