"""Finding what must be there."""

from uuid import UUID

from aiff_gateway.accounts.application.ports import Accounts
from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.accounts.domain.errors import AccountNotFoundError


def existing_account(accounts: Accounts, person: UUID) -> Account:
    """Return a person's account, or raise AccountNotFoundError."""
    account = accounts.get(person)
    if account is None:
        message = "this account no longer exists"
        raise AccountNotFoundError(message)
    return account
