"""How somebody gets an account by themselves: an address, a link, a password.

The password is chosen by whoever follows the link. Nobody can prepare an account for somebody
else's address and wait until its holder confirms it.
"""

from dataclasses import dataclass

from aiff_gateway.accounts.application.links import Asked, Links
from aiff_gateway.accounts.application.ports import OpenAccounts, Passwords
from aiff_gateway.accounts.domain.accounts import Account, normalised_email
from aiff_gateway.accounts.domain.errors import AccountExistsError, LinkRefusedError
from aiff_gateway.accounts.domain.links import Link, LinkKind
from aiff_gateway.accounts.domain.passwords import checked_password
from aiff_gateway.accounts.domain.roles import Role
from aiff_gateway.audit.domain import Entry
from aiff_gateway.mail.domain.letters import Language
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id


@dataclass(frozen=True, slots=True)
class ConfirmAccount:
    """Somebody has followed a link, chooses a password, and is at a network address."""

    token: str
    password: str
    address: str


class SignUp:
    """Opens accounts for those who read what is sent to an address."""

    def __init__(
        self, open_uow: OpenAccounts, passwords: Passwords, links: Links, clock: Clock
    ) -> None:
        """Keep the ports."""
        self._open_uow = open_uow
        self._passwords = passwords
        self._links = links
        self._clock = clock

    def ask(self, email: str, language: Language) -> None:
        """Send a link to an address, or tell its holder that there is an account already.

        InvalidAccountError for what cannot be an address; nothing else is ever told.
        """
        wanted = normalised_email(email)
        with self._open_uow() as uow:
            account = uow.accounts.by_email(wanted)
            if account is None:
                self._links.send(uow, Asked(LinkKind.CONFIRM, wanted, language, None))
            else:
                self._links.tell_that_it_exists(uow, account, LinkKind.CONFIRM)
            uow.commit()

    def confirm(self, command: ConfirmAccount) -> Account:
        """Open the account; LinkRefusedError or WeakPasswordError.

        The link is read first: hashing costs too much to be done for anybody.
        """
        with self._open_uow() as uow:
            link = self._links.read(uow, LinkKind.CONFIRM, command.token)
        password = checked_password(command.password, self._passwords.is_common, link.email)
        account = self._account(link, self._passwords.hash(password))
        with self._open_uow() as uow:
            self._links.follow(uow, link)
            try:
                uow.accounts.add(account)
            except AccountExistsError as error:
                message = "there is an account with this address by now; sign in"
                raise LinkRefusedError(message) from error
            uow.audit.add(self._entry(account, command.address))
            uow.commit()
        return account

    def _account(self, link: Link, password_hash: str) -> Account:
        return Account(
            id=new_id(),
            email=link.email,
            password_hash=password_hash,
            role=Role.STARTUP,
            organisation=None,
            language=link.language,
            created_at=self._clock(),
        )

    def _entry(self, account: Account, address: str) -> Entry:
        person = str(account.id)
        return Entry(
            kind="account.opened",
            at=account.created_at,
            actor=person,
            subject=person,
            address=address,
        )
