"""Accounts, as an operator keeps them from the command line: there is no public sign-up."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiff_gateway.accounts.application.ports import OpenAccounts, Passwords
from aiff_gateway.accounts.domain.accounts import (
    Account,
    checked_organisation,
    normalised_email,
)
from aiff_gateway.accounts.domain.errors import AccountNotFoundError
from aiff_gateway.accounts.domain.passwords import checked_password
from aiff_gateway.accounts.domain.roles import Role
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id


@dataclass(frozen=True, slots=True)
class AddAccount:
    """Somebody may sign in from now on, in a role and for an organisation (its slug)."""

    email: str
    password: str
    role: Role
    organisation: str | None


class AccountAdministration:
    """Adds and lists accounts."""

    def __init__(self, open_uow: OpenAccounts, passwords: Passwords, clock: Clock) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._passwords = passwords
        self._clock = clock

    def add(self, command: AddAccount) -> Account:
        """Add an account; InvalidAccountError or AccountExistsError."""
        email = normalised_email(command.email)
        password = checked_password(command.password, self._passwords.is_common, email)
        account = Account(
            id=new_id(),
            email=email,
            password_hash=self._passwords.hash(password),
            role=command.role,
            organisation=checked_organisation(command.organisation, command.role),
            created_at=self._clock(),
        )
        with self._open_uow() as uow:
            uow.accounts.add(account)
            uow.joining.join(account)
            uow.commit()
        return account

    def all(self) -> Sequence[Account]:
        """Return every account, by e-mail."""
        with self._open_uow() as uow:
            return uow.accounts.all()

    def named(self, email: str) -> Account:
        """Return the account with an e-mail, or raise AccountNotFoundError."""
        with self._open_uow() as uow:
            account = uow.accounts.by_email(normalised_email(email))
        if account is None:
            message = f"there is no account {email}"
            raise AccountNotFoundError(message)
        return account
